import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { TreeFacts } from '../../core/sandbox/contract.ts'

interface Use {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly bytes: number
}

const SAVE_EVERY_MS = 5000
/** A tree used so lately may be part of a job of another process. */
const SAFE_MS = 3_600_000

/** Remembers in a file when each tree of the depot was last used, so that the ones unused for longest can be removed. */
export class DepotUse {
  readonly #file: string
  readonly #now: () => number
  readonly #uses: Map<string, Use>
  #savedAt = 0

  constructor(file: string, now: () => number) {
    this.#file = file
    this.#now = now
    this.#uses = read(file)
  }

  note({ entry, bytes }: TreeFacts): void {
    this.#uses.set(entry, { at: this.#now(), bytes })
    if (this.#now() - this.#savedAt > SAVE_EVERY_MS) this.save()
  }

  /** Takes in what other processes noted meanwhile, and writes all of it. */
  save(): void {
    this.#savedAt = this.#now()
    for (const [entry, use] of read(this.#file)) if ((this.#uses.get(entry)?.at ?? 0) < use.at) this.#uses.set(entry, use)
    const draft = `${this.#file}.${process.pid}`
    writeFileSync(draft, JSON.stringify(Object.fromEntries(this.#uses)))
    renameSync(draft, this.#file)
  }

  /** Removes the trees unused for longest until at most `most` bytes are left; one used within the hour stays. */
  async trim(most: number, drop: (entry: string) => Promise<void>): Promise<void> {
    let held = [...this.#uses.values()].reduce((sum, one) => sum + one.bytes, 0)
    const oldest = [...this.#uses].sort(([, a], [, b]) => a.at - b.at)
    for (const [entry, { at, bytes }] of oldest) {
      if (held <= most || at > this.#now() - SAFE_MS) break
      await drop(entry)
      this.#uses.delete(entry)
      held -= bytes
    }
    // Not saved by merging: what was dropped here would come back.
    writeFileSync(this.#file, JSON.stringify(Object.fromEntries(this.#uses)))
  }
}

function read(file: string): Map<string, Use> {
  try {
    const value = Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, Partial<Use>>)
    const whole = value.filter((one): one is [string, Use] => Number.isFinite(one[1]?.at) && Number.isFinite(one[1]?.bytes))
    return new Map(whole)
  } catch {
    // None yet, or cut short: trees it does not know stay until they are used again.
    return new Map()
  }
}
