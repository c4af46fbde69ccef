import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Refused } from './refused.ts'

/** For how many execs a folder has its FIFOs from the beginning. */
export const PREPARED = 4
/** A file without bytes in every folder: the standard input of those who have none. */
export const NO_BYTES = 'none'

/** Folders for the streams of one sandbox each, with one made ahead, so that an opening does not wait for it. */
export class StreamFolders {
  readonly #parent: string
  #ahead: Promise<string> | null = null
  #count = 0

  constructor(parent: string) {
    this.#parent = parent
  }

  take(): Promise<string> {
    const folder = this.#ahead ?? this.#make()
    this.#ahead = null
    return folder
  }

  /** Makes the next one, to be called when nobody waits. */
  prepare(): void {
    if (this.#ahead !== null) return
    this.#ahead = this.#make()
    // Whoever takes it is told.
    this.#ahead.catch(() => {})
  }

  async #make(): Promise<string> {
    const folder = join(this.#parent, String(++this.#count))
    mkdirSync(folder, { mode: 0o750 })
    writeFileSync(join(folder, NO_BYTES), '')
    await makeFifos(folder, ...Array.from({ length: PREPARED }, (_, n) => n))
    return folder
  }
}

/** Makes the FIFOs for the output of execs by number. Node has no call for it; POSIX has a program. */
export function makeFifos(folder: string, ...numbers: readonly number[]): Promise<void> {
  const names = numbers.flatMap((number) => [`${number}.out`, `${number}.err`])
  const options = { cwd: folder, env: { PATH: '/usr/bin:/bin' } }
  return new Promise((resolve, reject) => {
    execFile('mkfifo', ['-m', '660', ...names], options, (error) =>
      error === null ? resolve() : reject(new Refused('sandbox.failed', 'mkfifo failed', 'apt-get install -y coreutils')),
    )
  })
}
