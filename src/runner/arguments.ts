import { parseArgs } from 'node:util'
import { Failure } from './failure.ts'

export type Mode =
  | { readonly mode: 'local'; readonly state: string }
  | { readonly mode: 'attempts'; readonly state: string }
  | {
      readonly mode: 'lease'
      readonly state: string
      readonly server: URL
      readonly name: string | null
      readonly once: boolean
    }

/** The words this process was started with; throws Failure where they are not those of contract/runner.ts and contract/attempts.ts. */
export function readArguments(words: readonly string[]): Mode {
  const bad = (say: string) => new Failure('runner.bad-arguments', say)
  const options = {
    state: { type: 'string' },
    server: { type: 'string' },
    name: { type: 'string' },
    once: { type: 'boolean' },
  } as const
  let read: ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>
  try {
    read = parseArgs({ args: [...words], options, allowPositionals: true })
  } catch (error) {
    throw bad((error as Error).message)
  }
  const { state, server, name = null, once = false } = read.values
  const mode = read.positionals[0]
  if (state === undefined) throw bad('--state DIR is missing')
  if (mode === 'local' || mode === 'attempts') return { mode, state }
  if (mode !== 'lease') throw bad('the first word is "local", "lease" or "attempts"')
  if (server === undefined || !URL.canParse(server)) throw bad('--server URL is missing')
  return { mode, state, server: new URL(server), name, once }
}
