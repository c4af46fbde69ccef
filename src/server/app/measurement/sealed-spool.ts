import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { toHex } from '../../../core/kernel/digest.ts'
import type { Random } from '../../../core/kernel/id.ts'
import type { Asking } from '../../../formats/inspect/ask.ts'

const BLOCK = 16

/** More came than is taken. */
export class SpoolTooLarge extends Error {
  override name = 'SpoolTooLarge'
}

/**
 * A file that can be read by place while it lies on disk in nothing but ciphertext: AES-256-CTR under a key that exists in memory
 * alone, so that a crash leaves bytes that nobody opens. For the length of one import.
 */
export class SealedSpool {
  readonly size: number
  readonly #path: string
  readonly #file: FileHandle
  readonly #key: KeyObject

  private constructor(path: string, file: FileHandle, key: KeyObject, size: number) {
    this.#path = path
    this.#file = file
    this.#key = key
    this.size = size
  }

  /** Writes a stream into the folder; throws SpoolTooLarge past `most` bytes. Memory: one piece. */
  static async write(folder: string, source: AsyncIterable<Uint8Array>, most: number, random: Random): Promise<SealedSpool> {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const path = join(folder, `spool-${toHex(random(12))}`)
    const key = createSecretKey(random(32))
    const file = await open(path, 'wx+', 0o600)
    try {
      const cipher = createCipheriv('aes-256-ctr', key, Buffer.alloc(BLOCK))
      let size = 0
      for await (const piece of source) {
        size += piece.length
        if (size > most) throw new SpoolTooLarge('the upload is too large')
        const sealed = cipher.update(piece)
        for (let at = 0; at < sealed.length; ) at += (await file.write(sealed, at)).bytesWritten
      }
      return new SealedSpool(path, file, key, size)
    } catch (error) {
      await file.close()
      await rm(path, { force: true })
      throw error
    }
  }

  /** The bytes from `at`; fewer where the file ends before. */
  async read(at: number, length: number): Promise<Uint8Array> {
    if (at < 0 || at >= this.size || length <= 0) return new Uint8Array()
    const from = at - (at % BLOCK)
    const wanted = Math.min(this.size, at + length) - from
    const sealed = Buffer.allocUnsafe(wanted)
    let got = 0
    while (got < wanted) {
      const { bytesRead } = await this.#file.read(sealed, got, wanted - got, from + got)
      if (bytesRead === 0) break
      got += bytesRead
    }
    const counter = Buffer.alloc(BLOCK)
    counter.writeBigUInt64BE(BigInt(from / BLOCK), 8)
    const plain = createDecipheriv('aes-256-ctr', this.#key, counter).update(sealed.subarray(0, got))
    return plain.subarray(at - from)
  }

  /** Answers what a reading asks for. Other work of the process goes on in between. */
  async drive<T>(asking: Asking<T>): Promise<T> {
    let step = asking.next()
    while (!step.done) step = asking.next(await this.read(step.value.at, step.value.length))
    return step.value
  }

  async delete(): Promise<void> {
    await this.#file.close()
    await rm(this.#path, { force: true })
  }
}
