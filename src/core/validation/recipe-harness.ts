import type { Harness } from './recipe.ts'
import { type Reader, RecipeFault } from './recipe-reader.ts'

const KINDS = ['libfuzzer', 'command', 'server', 'script'] as const
const STOPS = ['SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGKILL'] as const
const READY_MS = 10_000

/** Reads one harness of a recipe. */
export function parseHarness(reader: Reader): Harness {
  const kind = reader.choice('kind', KINDS)
  const own = kind === 'server' ? ['port', 'readyMs', 'stop'] : ['network']
  reader.only(['name', 'kind', 'run', 'writable', ...own])
  const name = reader.field('name').pattern(/^\w[\w.+-]{0,99}$/, 'a short name of letters, digits, . _ + -')
  const run = reader.list('run', 200, (word) => word.text(8192, true))
  if ((run[0] ?? '') === '') {
    throw new RecipeFault(
      `${reader.at}.run`,
      'It names no program.',
      'Write a program and its words: ["/work/src/parse", "@@"].',
    )
  }
  const writable = reader.optional('writable', null, (one) => {
    if (typeof one.value === 'boolean') return one.value
    throw new RecipeFault(one.at, 'This is neither true nor false.', 'Write true or false.')
  })
  const shared = { name, run, ...(writable === null ? {} : { writable }) }
  if (kind === 'server') {
    return {
      ...shared,
      kind,
      port: reader.field('port').whole(1, 65_535),
      readyMs: reader.optional('readyMs', READY_MS, (one) => one.whole(1, 300_000)),
      stop: reader.optional('stop', 'SIGTERM', () => reader.choice('stop', STOPS)),
    }
  }
  const network = reader.optional('network', null, () => reader.choice('network', ['own-loopback'] as const))
  return { ...shared, kind, ...(network === null ? {} : { network }) }
}
