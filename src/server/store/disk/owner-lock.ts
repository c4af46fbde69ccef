import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

export interface OwnerLock {
  /** Gives the folder up. Ending the process in any way does the same. */
  release(): void
}

/** Another process works on the folder; `pid` is null where its note could not be read. */
export class FolderTaken extends Error {
  override name = 'FolderTaken'
  readonly pid: number | null
  constructor(folder: string, pid: number | null, since: string | null) {
    const who = pid === null ? 'another process' : `process ${pid}${since === null ? '' : ` since ${since}`}`
    super(`${folder} is in use by ${who}. Stop that one first (weir stop), or name another folder.`)
    this.pid = pid
  }
}

/**
 * Makes this process the only one that works on `folder`; throws FolderTaken where another does. The lock is the operating
 * system's own (SQLite takes it, the one file lock that Node ships), so it ends with its process, also by kill -9 or a power
 * cut, and a number in a file is never taken for a living process. The note beside it only serves the message.
 */
export function takeFolder(folder: string): OwnerLock {
  const note = join(folder, 'owner.json')
  const path = join(folder, 'owner.lock')
  const held = new DatabaseSync(path)
  try {
    held.exec('pragma locking_mode = exclusive; pragma journal_mode = off; begin exclusive')
  } catch (error) {
    held.close()
    if ((error as { errcode?: number }).errcode !== SQLITE_BUSY) throw error
    const { pid, since } = readNote(note)
    throw new FolderTaken(folder, pid, since)
  }
  chmodSync(path, 0o600)
  writeFileSync(note, JSON.stringify({ pid: process.pid, since: new Date(performance.timeOrigin).toISOString() }), {
    mode: 0o600,
  })
  return {
    release() {
      if (!held.isOpen) return
      rmSync(note, { force: true })
      held.close()
    },
  }
}

const SQLITE_BUSY = 5

function readNote(path: string): { pid: number | null; since: string | null } {
  try {
    const { pid, since } = JSON.parse(readFileSync(path, 'utf8'))
    return { pid: Number.isInteger(pid) ? pid : null, since: typeof since === 'string' ? since.slice(0, 30) : null }
  } catch {
    return { pid: null, since: null }
  }
}
