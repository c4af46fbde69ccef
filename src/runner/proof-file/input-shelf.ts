import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import type { Input } from '../../core/validation/proof.ts'
import { Failure } from '../failure.ts'

const MOST_FILE = 32 << 20

/**
 * The inputs of a proof by digest. They are read again when they are needed, so that a large source is not held; one that changed
 * meanwhile is refused.
 */
export class InputShelf {
  readonly #places = new Map<string, { readonly where: string; readonly read: () => Uint8Array }>()

  /** Takes in what `read` gives; `name` is shown to people. */
  add(name: string, where: string, read: () => Uint8Array): Input {
    const bytes = read()
    const digest = digestOf(bytes)
    this.#places.set(digest, { where, read })
    return { digest, name, bytes: bytes.length }
  }

  /** Takes in a file of at most 32 MiB, or `most` bytes. */
  addFile(name: string, path: string, most = MOST_FILE): Input {
    const is = statSync(path, { throwIfNoEntry: false })
    if (is === undefined) throw new Failure('proof.no-file', 'There is no such file.', { where: path })
    if (!is.isFile()) throw new Failure('proof.no-file', 'It is not a plain file.', { where: path })
    if (is.size > most)
      throw new Failure('proof.too-large', `The file has ${is.size} bytes; at most ${most} are taken.`, { where: path })
    return this.add(name, path, () => readFileSync(path))
  }

  /** The bytes of an input; throws Failure where it is unknown or is no longer what it was. */
  read(digest: string): Uint8Array {
    const place = this.#places.get(digest)
    if (place === undefined) throw new Failure('proof.no-input', `No input has the digest ${digest}.`)
    const bytes = place.read()
    if (digestOf(bytes) !== digest)
      throw new Failure('proof.changed', 'It changed while it was being worked on.', {
        where: place.where,
        mend: 'Run it again.',
      })
    return bytes
  }
}

/** `sha256:` and the hex digest of bytes. */
export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}
