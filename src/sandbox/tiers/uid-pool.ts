import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { isOrphaned, ownerName } from '../owner.ts'

const FIRST = 64_000
const PER_PROCESS = 25
const BLOCKS = 36
/** The group of all sandboxes, which reads the depot. */
export const SANDBOX_GROUP = 64_950
const LOCKS = '/run/weir-sandbox'

/** Users that nobody has: one for every open sandbox, from a block that no other sandbox process on this machine uses. */
export class UidPool {
  readonly #free: number[] = []
  #lock: string | null = null

  /** The next free one; null where all are in use. */
  take(): number | null {
    if (this.#lock === null) this.#claim()
    return this.#free.shift() ?? null
  }

  give(uid: number): void {
    this.#free.push(uid)
  }

  close(): void {
    if (this.#lock !== null) rmSync(this.#lock, { recursive: true, force: true })
  }

  #claim(): void {
    mkdirSync(LOCKS, { recursive: true, mode: 0o700 })
    const taken = usedUids()
    for (let block = 0; block < BLOCKS; block++) {
      const lock = `${LOCKS}/${FIRST + block * PER_PROCESS}`
      if (!lockFolder(lock)) continue
      this.#lock = lock
      for (let n = 0; n < PER_PROCESS; n++) {
        const uid = FIRST + block * PER_PROCESS + n
        if (!taken.has(uid)) this.#free.push(uid)
      }
      return
    }
  }
}

/** Makes the folder, with a folder inside that names its owner; takes it over where its owner is gone. */
function lockFolder(path: string): boolean {
  for (let turn = 0; turn < 2; turn++) {
    try {
      mkdirSync(path)
      mkdirSync(`${path}/${ownerName(process.pid)}`)
      return true
    } catch {
      const owners = listOf(path)
      // Without an owner it is just being made by another.
      if (owners.length === 0 || !owners.every(isOrphaned)) return false
      rmSync(path, { recursive: true, force: true })
    }
  }
  return false
}

function usedUids(): Set<number> {
  const used = new Set<number>()
  for (const line of readFileSync('/etc/passwd', 'latin1').split('\n')) used.add(Number(line.split(':')[2] ?? -1))
  for (const name of listOf('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      used.add(statSync(`/proc/${name}`).uid)
    } catch {
      // Gone meanwhile.
    }
  }
  return used
}

function listOf(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
