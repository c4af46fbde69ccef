import { chmodSync, mkdirSync, mkdtempSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Failure } from './failure.ts'

/** What a runner keeps: the depot of unpacked trees, the key that signs, a folder for each job under way. */
export interface State {
  readonly folder: string
  readonly depot: string
  readonly key: string
  readonly jobs: string
}

/**
 * Opens the state folder, making it where it is missing. Others may pass through to the depot, whose runs have uids of their own,
 * and read nothing else. Throws Failure where it cannot be used.
 */
export function openState(folder: string): State {
  const top = resolve(folder)
  const state = { folder: top, depot: join(top, 'depot'), key: join(top, 'statement.key'), jobs: join(top, 'jobs') }
  try {
    mkdirSync(top, { recursive: true, mode: 0o711 })
    const own = statSync(top)
    const uid = process.getuid?.()
    if (uid !== undefined && own.uid !== uid) throw new Error(`it belongs to another account (${own.uid})`)
    chmodSync(top, 0o711)
    mkdirSync(state.depot, { recursive: true, mode: 0o711 })
    mkdirSync(state.jobs, { recursive: true, mode: 0o700 })
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
  return mkdtempSync(join(state.jobs, 'job-'))
}
