import { chmodSync, chownSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Runner } from './account.ts'

// A socket's path has 108 bytes on Linux and 104 on macOS, the name `/.s.PGSQL.5432` and a final zero included.
const LONGEST = 100
const NAME = '.s.PGSQL.5432'

/**
 * The 0700 folder for the server's socket: `<data>/run`, or one under the system's temporary folder, remembered in the data
 * folder, where that path is too long for a socket.
 */
export function socketFolder(dataDir: string, runner: Runner): string {
  const own = join(dataDir, 'run')
  if (Buffer.byteLength(join(own, NAME)) <= LONGEST) {
    mkdirSync(own, { recursive: true, mode: 0o700 })
    return handOver(own, runner)
  }
  const note = join(dataDir, 'socket-folder')
  const earlier = remembered(note)
  if (earlier !== null && isOurs(earlier, runner)) return earlier
  const parent = Buffer.byteLength(tmpdir()) <= LONGEST - 40 ? tmpdir() : '/tmp'
  const made = handOver(mkdtempSync(join(parent, 'weir-')), runner)
  writeFileSync(note, made, { mode: 0o600 })
  return made
}

function remembered(note: string): string | null {
  try {
    return readFileSync(note, 'utf8')
  } catch {
    return null
  }
}

/** Anyone may write in a temporary folder: what stands there now must still be a closed folder of ours, not a link. */
function isOurs(folder: string, runner: Runner): boolean {
  try {
    const found = lstatSync(folder)
    const uid = runner.mode === 'dropped' ? runner.uid : process.getuid?.()
    return found.isDirectory() && (found.mode & 0o777) === 0o700 && found.uid === uid
  } catch {
    return false
  }
}

function handOver(folder: string, runner: Runner): string {
  chmodSync(folder, 0o700)
  if (runner.mode === 'dropped') chownSync(folder, runner.uid, runner.gid)
  return folder
}
