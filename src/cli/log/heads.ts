import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { EXIT, Stop } from '../exit.ts'
import { homeFolder } from '../home.ts'
import { object, text } from '../http/read.ts'

/** What was seen of a log: the key that signed it and its last verified head, whole. */
export interface SeenHead {
  readonly key: string
  readonly note: string
  readonly at: string
}

/** Heads seen before, by place and by origin: a log that was rewritten or exchanged since is noticed. */
export interface Heads {
  readonly logs: Readonly<Record<string, SeenHead>>
  /** Which origin stood at a place. */
  readonly places: Readonly<Record<string, string>>
}

const NONE: Heads = { logs: {}, places: {} }

/** Where heads are remembered for this person: the state folder of the system. */
export function headsFile(env: Readonly<Record<string, string | undefined>>, platform: string = process.platform): string {
  const home = homeFolder()
  const state =
    env['XDG_STATE_HOME'] ||
    (platform === 'darwin' ? join(home, 'Library', 'Application Support') : join(home, '.local', 'state'))
  return join(state, 'weir', 'ledger-heads.json')
}

/** The heads in a file; none when there is no file. Throws Stop on a damaged one: forgetting silently would hide a rewrite. */
export async function loadHeads(path: string): Promise<Heads> {
  let json: string
  try {
    json = await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return NONE
    throw new Stop(
      EXIT.unavailable,
      `${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`,
      'Name another file with --state.',
    )
  }
  const heads = parseHeads(json)
  if (heads === null)
    throw new Stop(
      EXIT.badInput,
      `${path} is damaged: what was seen of ledgers before is not known any more.`,
      'Move it away to begin anew.',
    )
  return heads
}

/** The heads of a file's text; null when it is not one of ours. */
export function parseHeads(json: string): Heads | null {
  try {
    const value = object(JSON.parse(json))
    if (value['v'] !== 1) return null
    const logs = Object.entries(object(value['logs'])).flatMap(([origin, one]) => {
      const key = text(object(one)['key'])
      const note = text(object(one)['note'])
      return key === null || note === null ? [] : [[origin, { key, note, at: text(object(one)['at']) ?? '' }] as const]
    })
    const places = Object.entries(object(value['places'])).flatMap(([place, origin]) =>
      typeof origin === 'string' ? [[place, origin] as const] : [],
    )
    return { logs: Object.fromEntries(logs), places: Object.fromEntries(places) }
  } catch {
    return null
  }
}

/** Remembers a verified head; whole or not at all. */
export async function saveHead(path: string, heads: Heads, place: string, origin: string, seen: SeenHead): Promise<void> {
  const next = { v: 1, logs: { ...heads.logs, [origin]: seen }, places: { ...heads.places, [place]: origin } }
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    await writeFile(`${path}.new`, `${JSON.stringify(next, null, 1)}\n`, { mode: 0o600 })
    await rename(`${path}.new`, path)
  } catch (error) {
    throw new Stop(
      EXIT.unavailable,
      `The head cannot be remembered in ${path} (${(error as NodeJS.ErrnoException).code}).`,
      'Name another file with --state.',
    )
  }
}
