import {
  chmodSync,
  closeSync,
  fchmodSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'

/** One flat folder of small files. What a method that changes something returned from survives a power cut, `note` excepted. */
export interface Disk {
  names(): string[]
  /** Bytes of a file; 0 where there is none. */
  size(name: string): number
  /** At most `length` bytes from an offset on; null where there is no such file. */
  read(name: string, from?: number, length?: number): Uint8Array | null
  /** The whole file anew, or it stays as it was. */
  replace(name: string, bytes: Uint8Array): void
  append(name: string, bytes: Uint8Array): void
  /** Appends what may be lost in a power cut, though not when only this process dies. */
  note(name: string, bytes: Uint8Array): void
  truncate(name: string, length: number): void
  /** Overwrites every byte, then removes the name. Nothing happens where there is no such file. */
  destroy(name: string, random: (length: number) => Uint8Array): void
}

const PIECE = 65_536

/** The folder itself, files 0600, the folder 0700. Methods throw what the file system says. */
export class FolderDisk implements Disk {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
    chmodSync(folder, 0o700)
  }

  names(): string[] {
    return readdirSync(this.#folder)
  }

  size(name: string): number {
    return statSync(this.#at(name), { throwIfNoEntry: false })?.size ?? 0
  }

  read(name: string, from = 0, length = Number.MAX_SAFE_INTEGER): Uint8Array | null {
    if (statSync(this.#at(name), { throwIfNoEntry: false }) === undefined) return null
    return this.#open(name, 'r', (fd) => {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, fstatSync(fd).size - from)))
      let done = 0
      while (done < bytes.length) {
        const got = readSync(fd, bytes, done, Math.min(bytes.length - done, 16 * PIECE), from + done)
        if (got === 0) break
        done += got
      }
      return bytes.subarray(0, done)
    })
  }

  // One process owns the folder, so a draft left by a crash is simply written over.
  replace(name: string, bytes: Uint8Array): void {
    const draft = `.${name}.draft`
    this.#write(draft, 'w', bytes)
    renameSync(this.#at(draft), this.#at(name))
    this.#syncFolder()
  }

  append(name: string, bytes: Uint8Array): void {
    const fresh = statSync(this.#at(name), { throwIfNoEntry: false }) === undefined
    this.#write(name, 'a', bytes)
    if (fresh) this.#syncFolder()
  }

  note(name: string, bytes: Uint8Array): void {
    this.#open(name, 'a', (fd) => writeAll(fd, bytes))
  }

  truncate(name: string, length: number): void {
    this.#open(name, 'r+', (fd) => {
      ftruncateSync(fd, length)
      fsyncSync(fd)
    })
  }

  destroy(name: string, random: (length: number) => Uint8Array): void {
    for (const one of [name, `.${name}.draft`]) {
      const path = this.#at(one)
      if (statSync(path, { throwIfNoEntry: false }) === undefined) continue
      this.#open(one, 'r+', (fd) => {
        const size = fstatSync(fd).size
        for (let at = 0; at < size; at += PIECE) {
          const bytes = random(Math.min(PIECE, size - at))
          for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done, bytes.length - done, at + done)
        }
        fsyncSync(fd)
      })
      rmSync(path)
    }
    this.#syncFolder()
  }

  #at(name: string): string {
    return join(this.#folder, name)
  }

  #write(name: string, how: 'w' | 'a', bytes: Uint8Array): void {
    this.#open(name, how, (fd) => {
      fchmodSync(fd, 0o600)
      writeAll(fd, bytes)
      fsyncSync(fd)
    })
  }

  #open<T>(name: string, how: string, work: (fd: number) => T): T {
    const fd = openSync(this.#at(name), how, 0o600)
    try {
      return work(fd)
    } finally {
      closeSync(fd)
    }
  }

  #syncFolder(): void {
    const fd = openSync(this.#folder, 'r')
    try {
      fsyncSync(fd)
    } finally {
      closeSync(fd)
    }
  }
}

function writeAll(fd: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done)
}
