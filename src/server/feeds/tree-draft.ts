import { createHash } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'

const TREE = /^tree-(\d{1,12})(\.json)?$/
const CURRENT = 'current'

type Digests = ReadonlyMap<string, string>

/** The next tree of a folder while it is built. Nothing is made on disk before the first file that differs. */
export class TreeDraft {
  readonly #folder: string
  readonly #before: string | null
  readonly #known: Digests
  readonly #next: string
  readonly #digests = new Map<string, string>()
  readonly #made = new Set<string>()
  #begun = false
  #written = 0

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o755 })
    this.#folder = folder
    this.#before = currentTree(folder)
    this.#known = this.#before === null ? new Map() : readDigests(join(folder, `${this.#before}.json`))
    this.#next = `tree-${newestNumber(folder) + 1}`
  }

  /** Files written, which the tree before did not have or had otherwise. */
  get written(): number {
    return this.#written
  }

  /** The text that the tree before has at that path; null where it has none. */
  before(path: string): string | null {
    if (this.#before === null || !this.#known.has(path)) return null
    try {
      return readFileSync(join(this.#folder, this.#before, path), 'utf8')
    } catch {
      return null
    }
  }

  /** Adds a file of that path; one that the tree before has with the same digest is kept. */
  add(path: string, bytes: Uint8Array): void {
    const digest = createHash('sha256').update(bytes).digest('hex')
    const isKept = this.#known.get(path) === digest && this.#stands(path, bytes.length)
    if (!isKept && !this.#begun) this.#begin()
    if (this.#begun && !(isKept && this.#link(path))) this.#write(path, bytes)
    this.#digests.set(path, digest)
  }

  /** Makes the draft the current tree; where it is the same as the tree before, nothing moves. Says whether it moved. */
  finish(): boolean {
    const isSame = !this.#begun && this.#digests.size === this.#known.size && this.#before !== null
    if (isSame) {
      sweep(this.#folder, this.#before, null)
      return false
    }
    if (!this.#begun) this.#begin()
    for (const folder of this.#made) sync(folder)
    const digests = join(this.#folder, `${this.#next}.json`)
    writeWhole(digests, new TextEncoder().encode(JSON.stringify(Object.fromEntries(this.#digests))))
    const pointer = join(this.#folder, `.${CURRENT}.draft`)
    rmSync(pointer, { force: true })
    symlinkSync(this.#next, pointer)
    renameSync(pointer, join(this.#folder, CURRENT))
    sync(this.#folder)
    sweep(this.#folder, this.#next, this.#before)
    return true
  }

  #begin(): void {
    this.#begun = true
    this.#folderOf('x')
    for (const path of this.#digests.keys()) {
      if (!this.#link(path)) throw new Error(`the current tree lacks ${path}: remove it and build again`)
    }
  }

  #write(path: string, bytes: Uint8Array): void {
    this.#folderOf(path)
    writeWhole(join(this.#folder, this.#next, path), bytes)
    this.#written += 1
  }

  // Whether the tree before still has the file, at its length: one that was lost or cut is written again.
  #stands(path: string, length: number): boolean {
    if (this.#before === null) return false
    return statSync(join(this.#folder, this.#before, path), { throwIfNoEntry: false })?.size === length
  }

  // False where the tree before has lost the file, which is then written.
  #link(path: string): boolean {
    if (this.#before === null) return false
    this.#folderOf(path)
    try {
      linkSync(join(this.#folder, this.#before, path), join(this.#folder, this.#next, path))
      return true
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
      throw error
    }
  }

  #folderOf(path: string): void {
    const folder = dirname(join(this.#folder, this.#next, path))
    if (this.#made.has(folder)) return
    mkdirSync(folder, { recursive: true, mode: 0o755 })
    for (let at = folder; at !== this.#folder && !this.#made.has(at); at = dirname(at)) this.#made.add(at)
  }
}

/** The name of the tree that `current` leads to; null where there is none. */
export function currentTree(folder: string): string | null {
  try {
    const name = readlinkSync(join(folder, CURRENT))
    return TREE.test(name) && !name.endsWith('.json') ? name : null
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

function newestNumber(folder: string): number {
  return readdirSync(folder).reduce((most, name) => Math.max(most, Number(TREE.exec(name)?.[1] ?? 0)), 0)
}

// Broken or missing digests only cost that every file is written again.
function readDigests(path: string): Digests {
  try {
    const read: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (typeof read !== 'object' || read === null) return new Map()
    return new Map(Object.entries(read).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
  } catch {
    return new Map()
  }
}

/** Removes every tree but the current one and the one before it: what a killed build left, and what nobody reads any more. */
function sweep(folder: string, current: string | null, before: string | null): void {
  for (const name of readdirSync(folder)) {
    const tree = name.replace(/\.json$/, '')
    if (TREE.test(name) && tree !== current && tree !== before) rmSync(join(folder, name), { recursive: true, force: true })
  }
}

function writeWhole(path: string, bytes: Uint8Array): void {
  const fd = openSync(path, 'w', 0o644)
  try {
    writeFileSync(fd, bytes)
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

function sync(folder: string): void {
  const fd = openSync(folder, 'r')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}
