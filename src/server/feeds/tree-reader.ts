import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { currentTree } from './tree-draft.ts'

export interface TreeFileRead {
  readonly bytes: Buffer
  /** SHA-256 of the bytes, hexadecimal. */
  readonly digest: string
}

/** Reads files of the public tree as it is now. Only files that the tree's own list names are opened, so that no path leads out of it. */
export class TreeReader {
  readonly #folder: string
  #tree: { readonly name: string; readonly digests: ReadonlyMap<string, string> } | null = null

  constructor(folder: string) {
    this.#folder = folder
  }

  /** A file by its path below the root; null where the tree has none. */
  async read(path: string): Promise<TreeFileRead | null> {
    // A tree that goes while it is read was followed by another, twice: look again.
    for (let tries = 0; tries < 3; tries++) {
      const tree = await this.#current()
      const digest = tree?.digests.get(path)
      if (tree === null || digest === undefined) return null
      const bytes = await readFile(join(this.#folder, tree.name, path)).catch(() => null)
      if (bytes !== null) return { bytes, digest }
      this.#tree = null
    }
    return null
  }

  async #current(): Promise<{ readonly name: string; readonly digests: ReadonlyMap<string, string> } | null> {
    const name = currentTree(this.#folder)
    if (name === null) return null
    if (this.#tree?.name === name) return this.#tree
    const listed: unknown = JSON.parse(await readFile(join(this.#folder, `${name}.json`), 'utf8').catch(() => '{}'))
    const entries = Object.entries(listed as Record<string, string>)
    if (entries.length > 0) this.#tree = { name, digests: new Map(entries) }
    return this.#tree
  }
}
