import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Random } from '../../../core/kernel/id.ts'
import { createFile } from '../disk/durable.ts'
import { KeysDamaged } from './key-store.ts'

const NAME = /^[a-z][a-z0-9-]{0,39}$/
const BYTES = 32

/** Named secrets, a file each, so that one can be replaced without the others. */
export class SecretFiles {
  readonly #home: string
  readonly #random: Random
  readonly #known = new Map<string, Buffer>()

  constructor(home: string, random: Random) {
    this.#home = home
    this.#random = random
  }

  /** 32 bytes; made and on disk before it returns for the first time. */
  get(name: string): Buffer {
    const known = this.#known.get(name)
    if (known !== undefined) return known
    if (!NAME.test(name)) throw new RangeError(`not a name of a secret: ${JSON.stringify(name)}`)
    const path = join(this.#home, name)
    const secret = this.#read(path) ?? this.#make(path)
    this.#known.set(name, secret)
    return secret
  }

  #read(path: string): Buffer | null {
    let bytes: Buffer
    try {
      bytes = readFileSync(path)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
      throw error
    }
    if (bytes.length !== BYTES) throw new KeysDamaged(`${path} is damaged; bring the key folder back from its own copy`)
    return bytes
  }

  #make(path: string): Buffer {
    const secret = Buffer.from(this.#random(BYTES))
    createFile(path, secret)
    return secret
  }
}
