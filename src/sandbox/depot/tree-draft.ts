import { createHash, type Hash } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  copyFileSync,
  futimesSync,
  lutimesSync,
  mkdirSync,
  openSync,
  symlinkSync,
  utimesSync,
} from 'node:fs'
import { join } from 'node:path'
import type { FillLimits, TreeFacts } from '../../core/sandbox/contract.ts'
import { cleanPath, innerTarget, shownName } from '../archive/names.ts'
import type { TarEntry, TarTaker } from '../archive/tar-reader.ts'
import { Refused } from '../refused.ts'
import { writeWhole } from '../wire/intake.ts'
import { type Leaf, treeDigest } from './tree-digest.ts'

/** What a tree may take in. */
export interface DraftRules extends FillLimits {
  /** Whether symbolic links that stay inside are kept. */
  readonly links: boolean
  /** The place inside the sandbox that the tree had: absolute links below it are inside. */
  readonly root: string
}

const MOST_NAMED = 100

/**
 * Unpacks a hostile archive into a new folder of ours, plain files and folders only. Every name is checked, every parent is a folder
 * that was made here, so nothing is ever written through a link. What is not taken is left out and named.
 */
export class TreeDraft implements TarTaker {
  readonly folder: string
  readonly leftOut: string[] = []
  readonly leaves = new Map<string, Leaf>()
  readonly #rules: DraftRules
  /** Names without regard to case, so that a link cannot pose as a folder where case does not count. */
  readonly #folded = new Map<string, Leaf>()
  #bytes = 0
  #open: { fd: number; path: string; hash: Hash; entry: TarEntry; size: number } | null = null

  constructor(folder: string, rules: DraftRules) {
    this.folder = folder
    this.#rules = rules
    mkdirSync(folder)
  }

  begin(entry: TarEntry): void {
    const clean = cleanPath(entry.path)
    const why = 'why' in clean ? clean.why : clean.path === '' ? null : this.#place(clean.path, entry)
    if (why !== null && this.leftOut.length < MOST_NAMED)
      this.leftOut.push(`${shownName('path' in clean ? clean.path : entry.path)}: ${why}`)
  }

  data(chunk: Uint8Array): void {
    if (this.#open === null) return
    this.#count(chunk.length)
    this.#open.size += chunk.length
    this.#open.hash.update(chunk)
    writeWhole(this.#open.fd, chunk)
  }

  end(): void {
    if (this.#open === null) return
    const { fd, path, hash, entry, size } = this.#open
    this.#open = null
    futimesSync(fd, entry.mtime, entry.mtime)
    closeSync(fd)
    this.#add(path, { kind: 'file', executable: entry.executable, size, digest: hash.digest('hex'), mtime: entry.mtime })
  }

  /** Closes what is open, sets the folders' rights and times, and answers what the tree is. */
  finish(): Omit<TreeFacts, 'entry'> {
    this.abandon()
    const folders = [...this.leaves].filter(([, leaf]) => leaf.kind === 'folder').sort(([a], [b]) => (a < b ? 1 : -1))
    for (const [path, { mtime }] of folders) {
      chmodSync(join(this.folder, path), 0o750)
      utimesSync(join(this.folder, path), mtime, mtime)
    }
    chmodSync(this.folder, 0o750)
    return { digest: treeDigest(this.leaves), files: this.leaves.size, bytes: this.#bytes, leftOut: this.leftOut }
  }

  /** Closes the file that was being written, if any. */
  abandon(): void {
    if (this.#open !== null) closeSync(this.#open.fd)
    this.#open = null
  }

  /** Makes one entry; answers why not. */
  #place(path: string, entry: TarEntry): string | null {
    if (entry.kind === 'other') return 'it is no file, folder or link'
    const there = this.leaves.get(path)
    if (there !== undefined) {
      if (there.kind !== 'folder' || entry.kind !== 'folder') return 'its name is there already'
      this.leaves.set(path, { ...there, mtime: entry.mtime })
      return null
    }
    const blocked = this.#parents(path, entry.mtime) ?? this.#twin(path, entry.kind === 'link')
    if (blocked !== null) return blocked
    if (entry.kind === 'folder') this.#makeFolder(path, entry.mtime)
    else if (entry.kind === 'file') this.#openFile(path, entry)
    else if (entry.kind === 'link') return this.#makeLink(path, entry)
    else return this.#copy(path, entry)
    return null
  }

  #parents(path: string, mtime: number): string | null {
    for (let cut = path.indexOf('/'); cut >= 0; cut = path.indexOf('/', cut + 1)) {
      const above = path.slice(0, cut)
      const leaf = this.leaves.get(above)
      if (leaf !== undefined && leaf.kind !== 'folder') return 'it lies below something that is no folder'
      if (leaf === undefined) {
        const twin = this.#twin(above, false)
        if (twin !== null) return twin
        this.#makeFolder(above, mtime)
      }
    }
    return null
  }

  #twin(path: string, isLink: boolean): string | null {
    const twin = this.#folded.get(fold(path))
    return twin !== undefined && (isLink || twin.kind === 'link') ? 'its name differs only in case from a link' : null
  }

  #makeFolder(path: string, mtime: number): void {
    this.#countFile()
    mkdirSync(join(this.folder, path))
    this.#add(path, { kind: 'folder', executable: false, size: 0, digest: '', mtime })
  }

  #openFile(path: string, entry: TarEntry): void {
    this.#countFile()
    const fd = openSync(join(this.folder, path), 'wx', entry.executable ? 0o750 : 0o640)
    this.#open = { fd, path, hash: createHash('sha256'), entry, size: 0 }
  }

  #makeLink(path: string, entry: TarEntry): string | null {
    const target = this.#rules.links ? innerTarget(path, entry.target, this.#rules.root) : null
    if (target === null) return this.#rules.links ? 'it is a link that leads out' : 'it is a link'
    this.#countFile()
    symlinkSync(target, join(this.folder, path))
    lutimesSync(join(this.folder, path), entry.mtime, entry.mtime)
    const digest = createHash('sha256').update(target).digest('hex')
    this.#add(path, { kind: 'link', executable: false, size: Buffer.byteLength(target), digest, mtime: entry.mtime })
    return null
  }

  #copy(path: string, entry: TarEntry): string | null {
    const target = cleanPath(entry.target)
    const source = 'path' in target ? this.leaves.get(target.path) : undefined
    if (!('path' in target) || source?.kind !== 'file') return 'it is a hard link to no file of the archive'
    this.#countFile()
    this.#count(source.size)
    copyFileSync(join(this.folder, target.path), join(this.folder, path))
    utimesSync(join(this.folder, path), source.mtime, source.mtime)
    this.#add(path, { ...source })
    return null
  }

  #add(path: string, leaf: Leaf): void {
    this.leaves.set(path, leaf)
    this.#folded.set(fold(path), leaf)
  }

  #countFile(): void {
    if (this.leaves.size >= this.#rules.files) throw new Refused('sandbox.too-large', `more than ${this.#rules.files} files`)
  }

  #count(bytes: number): void {
    this.#bytes += bytes
    if (this.#bytes > this.#rules.bytes) throw new Refused('sandbox.too-large', `more than ${this.#rules.bytes} bytes`)
  }
}

function fold(path: string): string {
  return path.normalize('NFC').toLowerCase()
}
