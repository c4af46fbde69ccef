import type { Disk } from '../../src/custodian/keep/disk.ts'

/** The power went, in the middle of what was asked of the disk. */
export class PowerCut extends Error {}

type Files = Map<string, { bytes: Buffer; kept: number }>

/**
 * A folder in memory that keeps what a real one promises and no more: a chosen operation happens in part and everything after it
 * fails; what was only noted may be lost with the power.
 */
export class PowerDisk implements Disk {
  #files: Files
  readonly #random: () => number
  /** Operations that still succeed; the one after them is cut. */
  left = Number.POSITIVE_INFINITY
  isCut = false

  constructor(random: () => number, files: ReadonlyMap<string, Buffer> = new Map()) {
    this.#random = random
    this.#files = new Map([...files].map(([name, bytes]) => [name, { bytes: Buffer.from(bytes), kept: bytes.length }]))
  }

  /** What would be found after the process was killed, or, `power`, after the machine lost power. */
  found(power: boolean): Map<string, Buffer> {
    const rest = (kept: number, length: number) => (power ? kept + Math.floor(this.#random() * (length - kept + 1)) : length)
    return new Map([...this.#files].map(([name, { bytes, kept }]) => [name, bytes.subarray(0, rest(kept, bytes.length))]))
  }

  names(): string[] {
    return [...this.#files.keys()]
  }

  size(name: string): number {
    return this.#files.get(name)?.bytes.length ?? 0
  }

  read(name: string, from = 0, length = Number.MAX_SAFE_INTEGER): Uint8Array | null {
    const file = this.#files.get(name)
    return file === undefined ? null : Buffer.from(file.bytes.subarray(from, Math.min(file.bytes.length, from + length)))
  }

  replace(name: string, bytes: Uint8Array): void {
    this.#do(() => this.#set(name, Buffer.from(bytes)))
  }

  append(name: string, bytes: Uint8Array): void {
    const old = this.#files.get(name)?.bytes ?? Buffer.alloc(0)
    const torn = Math.floor(this.#random() * (bytes.length + 1))
    this.#do(
      () => this.#set(name, Buffer.concat([old, bytes])),
      () => this.#set(name, Buffer.concat([old, bytes.subarray(0, torn)])),
    )
  }

  note(name: string, bytes: Uint8Array): void {
    const old = this.#files.get(name)
    const whole = Buffer.concat([old?.bytes ?? Buffer.alloc(0), bytes])
    this.#do(() => this.#files.set(name, { bytes: whole, kept: old?.kept ?? 0 }))
  }

  truncate(name: string, length: number): void {
    this.#do(() => this.#set(name, (this.#files.get(name)?.bytes ?? Buffer.alloc(0)).subarray(0, length)))
  }

  destroy(name: string, random: (length: number) => Uint8Array): void {
    const size = this.size(name)
    this.#do(
      () => this.#files.delete(name),
      () => this.#set(name, Buffer.from(random(size))),
    )
  }

  #set(name: string, bytes: Buffer): void {
    this.#files.set(name, { bytes, kept: bytes.length })
  }

  #do(whole: () => unknown, part: () => unknown = () => {}): void {
    if (this.isCut) throw new PowerCut('no power')
    if (this.left-- > 0) {
      whole()
      return
    }
    this.isCut = true
    const how = this.#random()
    if (how < 0.4) part()
    else if (how < 0.7) whole()
    throw new PowerCut('no power')
  }
}
