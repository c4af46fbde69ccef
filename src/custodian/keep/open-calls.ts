import type { Disk } from './disk.ts'
import { readJson } from './parse.ts'

const COMPACT_ABOVE = 65_536

/** Calls that have begun and are not yet in the log: what a killed custodian leaves is logged as cut when it starts again. */
export class OpenCalls {
  readonly #disk: Disk
  readonly #name: string
  readonly #open = new Set<number>()
  #next = 1
  #bytes = 0
  /** Purposes of calls that an earlier process never finished. */
  readonly left: readonly string[]

  constructor(disk: Disk, name: string) {
    this.#disk = disk
    this.#name = name
    this.left = this.#load()
  }

  /** On disk before the key is used. */
  begin(purpose: string): number {
    const call = this.#next++
    const line = Buffer.from(`${JSON.stringify([call, purpose])}\n`)
    this.#disk.append(this.#name, line)
    this.#bytes += line.length
    this.#open.add(call)
    return call
  }

  // Lost in a power cut, this makes a finished call be told once more as cut: too much, never too little.
  end(call: number): void {
    const line = Buffer.from(`${JSON.stringify([call])}\n`)
    this.#disk.note(this.#name, line)
    this.#bytes += line.length
    this.#open.delete(call)
    if (this.#open.size === 0 && this.#bytes > COMPACT_ABOVE) this.empty()
  }

  empty(): void {
    if (this.#disk.size(this.#name) > 0) this.#disk.truncate(this.#name, 0)
    this.#bytes = 0
  }

  #load(): string[] {
    const left = new Map<number, string>()
    const text = Buffer.from(this.#disk.read(this.#name) ?? []).toString('utf8')
    for (const line of text.split('\n')) {
      const value = readJson(line)
      if (!Array.isArray(value) || typeof value[0] !== 'number') continue
      if (typeof value[1] === 'string') left.set(value[0], value[1])
      else left.delete(value[0])
    }
    return [...left.values()]
  }
}
