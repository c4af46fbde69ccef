import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Failure } from './failure.ts'

/** What a runner keeps: the depot of unpacked trees, the key that signs, a folder for each job under way. */
export interface State {
  readonly folder: string
  readonly depot: string
  readonly key: string
  /** When each tree of the depot was last used. */
  readonly use: string
  readonly jobs: string
}

/**
 * Opens the state folder, making it where it is missing. Others may pass through to the depot, whose runs have uids of their own,
 * and read nothing else. Throws Failure where it cannot be used.
 */
export function openState(folder: string): State {
  const top = resolve(folder)
  const at = (name: string) => join(top, name)
  const state = { folder: top, depot: at('depot'), key: at('statement.key'), use: at('depot-use.json'), jobs: at('jobs') }
  try {
    mkdirSync(top, { recursive: true, mode: 0o711 })
    const own = statSync(top)
    const uid = process.getuid?.()
    if (uid !== undefined && own.uid !== uid) throw new Error(`it belongs to another account (${own.uid})`)
    chmodSync(top, 0o711)
    mkdirSync(state.depot, { recursive: true, mode: 0o711 })
    mkdirSync(state.jobs, { recursive: true, mode: 0o700 })
    sweep(state.jobs)
  } catch (error) {
    throw new Failure('state.unusable', `The folder cannot be used: ${(error as Error).message}.`, {
      where: top,
      mend: 'Name a folder of your own with --state.',
    })
  }
  return state
}

/** A fresh folder for one job, readable by this account only. */
export function jobFolder(state: State): string {
  return mkdtempSync(join(state.jobs, `job-${process.pid}-`))
}

/** Removes folders of jobs whose process is gone: it was killed and could not. */
function sweep(jobs: string): void {
  for (const name of readdirSync(jobs)) {
    const pid = Number(/^job-(\d{1,10})-/.exec(name)?.[1])
    if (!isRunning(pid)) rmSync(join(jobs, name), { recursive: true, force: true })
  }
}

function isRunning(pid: number): boolean {
  try {
    return Number.isInteger(pid) && process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
