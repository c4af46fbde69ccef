import type { Latch } from '../../core/docket/custody-window.ts'
import type { Disk } from './disk.ts'
import { isPlain, parseLatch, readJson } from './parse.ts'

const NAME = 'shut.log'

/**
 * All dockets whose window is shut or whose key is erased, in one file for the whole folder: the third place where a latch
 * stands, so that an older state of a docket's own files opens nothing.
 */
export class ShutList {
  readonly #disk: Disk
  readonly #latches = new Map<string, Latch>()
  readonly #erased = new Set<string>()
  /** Null, or what is wrong with the file. */
  readonly damage: string | null

  constructor(disk: Disk) {
    this.#disk = disk
    this.damage = this.#load()
  }

  latch(docket: string): Latch | null {
    return this.#latches.get(docket) ?? null
  }

  isErased(docket: string): boolean {
    return this.#erased.has(docket)
  }

  addLatch(docket: string, latch: Latch): void {
    if (this.#latches.has(docket)) return
    this.#append({ docket, latched: latch })
    this.#latches.set(docket, latch)
  }

  addErased(docket: string): void {
    if (this.#erased.has(docket)) return
    this.#append({ docket, erased: true })
    this.#erased.add(docket)
  }

  #append(line: object): void {
    this.#disk.append(NAME, Buffer.from(`${JSON.stringify(line)}\n`))
  }

  /** A last line without its end was never answered for: it is cut off, so that the next one begins a line. */
  #load(): string | null {
    const bytes = this.#disk.read(NAME)
    if (bytes === null) return null
    const end = bytes.lastIndexOf(0x0a) + 1
    if (end < bytes.length) this.#disk.truncate(NAME, end)
    let damage: string | null = null
    for (const text of Buffer.from(bytes.subarray(0, end)).toString('utf8').split('\n').slice(0, -1)) {
      const line = readJson(text)
      if (!isPlain(line) || typeof line['docket'] !== 'string') damage = 'The list of shut dockets is damaged.'
      else if (line['erased'] === true) this.#erased.add(line['docket'])
      else {
        const latch = parseLatch(line['latched'])
        if (latch === null) damage = 'The list of shut dockets is damaged.'
        else if (!this.#latches.has(line['docket'])) this.#latches.set(line['docket'], latch)
      }
    }
    return damage
  }
}
