import { lstat, readdir, readFile, realpath, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, sep } from 'node:path'
import { EXIT, Stop } from '../exit.ts'
import { object } from '../http/read.ts'
import { ROOT } from '../root.ts'
import { findRunning, isAlive, stopRunning } from '../server/running.ts'

// Every folder that Weir works on has its lock; beside it stands at least one of these.
const LOCK = 'owner.lock'
const DATA_MARKS = ['pg', 'ledger', 'blobs', 'lib']
const KEY_MARKS = ['secrets', 'slots', 'head.json']

/** The key folder of a demo's data folder. */
export function keyFolder(data: string): string {
  return `${data}-keys`
}

/** Whether names in a folder are those of Weir's data or keys; an empty folder is nobody's. */
export function looksOwn(names: readonly string[], kind: 'data' | 'keys'): boolean {
  const marks = kind === 'data' ? DATA_MARKS : KEY_MARKS
  return names.length === 0 || (names.includes(LOCK) && marks.some((mark) => names.includes(mark)) && !names.includes('.git'))
}

/**
 * Removes data and keys of a demo, after ending the server that runs on them. Throws Stop, having removed nothing, when either
 * folder does not look like Weir's own or a process still works on it.
 */
export async function removeDemo(data: string, tell: (say: string) => void): Promise<void> {
  const running = await findRunning(data)
  if (running !== null) {
    tell('stopping the server that runs on it')
    await stopRunning(running)
  }
  const folders = [
    { path: data, kind: 'data' },
    { path: keyFolder(data), kind: 'keys' },
  ] as const
  for (const { path, kind } of folders) await refuseOthers(path, kind)
  for (const { path } of folders) await rm(path, { recursive: true, force: true })
}

async function refuseOthers(path: string, kind: 'data' | 'keys'): Promise<void> {
  const is = await lstat(path).catch(() => null)
  if (is === null) return
  const never = 'Nothing was removed. Name the folder of a demo with --data, or remove it yourself.'
  if (!is.isDirectory()) throw new Stop(EXIT.badInput, `${path} is not a folder.`, never)
  const real = await realpath(path)
  const above = [ROOT, homedir(), process.cwd()].some((place) =>
    `${place}${sep}`.startsWith(real === sep ? sep : `${real}${sep}`),
  )
  if (above || !looksOwn(await readdir(path), kind))
    throw new Stop(EXIT.badInput, `${path} does not look like the ${kind} folder of a Weir.`, never)
  const owner = await ownerOf(path)
  if (owner !== null)
    throw new Stop(EXIT.unavailable, `Process ${owner} still works on ${path}.`, `End it first: kill ${owner}`)
}

/** The living process that took the folder; null where its note is of one that has ended. */
async function ownerOf(folder: string): Promise<number | null> {
  try {
    const pid = object(JSON.parse(await readFile(join(folder, 'owner.json'), 'utf8')))['pid']
    if (typeof pid !== 'number' || !Number.isSafeInteger(pid) || pid < 2 || !isAlive(pid)) return null
    // The number may be another process's by now; where the system says what runs, only a server counts.
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null)
    return line === null || isServer(line.split('\0')) ? pid : null
  } catch {
    return null
  }
}

/** Whether a command line is a server's: a test that stands in its folder, or another program that names it, is none. */
function isServer(words: readonly string[]): boolean {
  const script = join(sep, 'server', 'main', 'main.ts')
  return words.some((word) => word.endsWith(script))
}
