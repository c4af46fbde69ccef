import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { TreeFacts } from '../../core/sandbox/contract.ts'
import { Refused } from '../refused.ts'
import type { DepotFolders } from './folders.ts'
import { type DraftRules, TreeDraft } from './tree-draft.ts'

/** The trees of the depot. A tree is `trees/NAME/tree` beside `trees/NAME/facts.json`; it appears whole or not at all. */
export class TreeStore {
  readonly #folders: DepotFolders
  readonly #uses = new Map<string, number>()
  #count = 0

  constructor(folders: DepotFolders) {
    this.#folders = folders
  }

  has(name: string): TreeFacts | null {
    try {
      return JSON.parse(readFileSync(join(this.#folders.trees, name, 'facts.json'), 'utf8')) as TreeFacts
    } catch {
      return null
    }
  }

  /** The folder to mount, held until `release`; throws where there is no such tree. */
  use(name: string): string {
    const folder = join(this.#folders.trees, name, 'tree')
    if (!existsSync(folder)) throw new Refused('sandbox.no-entry', `the depot has no tree ${name}`)
    this.#uses.set(name, (this.#uses.get(name) ?? 0) + 1)
    return folder
  }

  release(name: string): void {
    this.#uses.set(name, (this.#uses.get(name) ?? 1) - 1)
  }

  /** A path of this process's own, for a file or folder that is removed when it is done with. */
  scratch(): string {
    return join(this.#folders.drafts, String(++this.#count))
  }

  /** Fills a new tree by `fill` and files it under `name`; what was there under that name stays. */
  async make(name: string, rules: DraftRules, fill: (draft: TreeDraft) => Promise<void>): Promise<TreeFacts> {
    const place = this.scratch()
    const draft = new TreeDraft(`${place}-tree`, rules)
    try {
      await fill(draft)
      const facts: TreeFacts = { entry: name, ...draft.finish() }
      return this.#file(name, draft.folder, place, facts)
    } finally {
      draft.abandon()
      await rm(draft.folder, { recursive: true, force: true })
      await rm(place, { recursive: true, force: true })
    }
  }

  /** Fills a tree that is read once by `read` and then removed. */
  async passing<T>(
    rules: DraftRules,
    fill: (draft: TreeDraft) => Promise<void>,
    read: (draft: TreeDraft) => Promise<T>,
  ): Promise<T> {
    const draft = new TreeDraft(this.scratch(), rules)
    try {
      await fill(draft)
      draft.finish()
      return await read(draft)
    } finally {
      draft.abandon()
      await rm(draft.folder, { recursive: true, force: true })
    }
  }

  async drop(name: string): Promise<void> {
    if ((this.#uses.get(name) ?? 0) > 0) throw new Refused('sandbox.failed', `the tree ${name} is in use by an open sandbox`)
    const aside = this.scratch()
    try {
      renameSync(join(this.#folders.trees, name), aside)
    } catch {
      return
    }
    await rm(aside, { recursive: true, force: true })
  }

  #file(name: string, tree: string, place: string, facts: TreeFacts): TreeFacts {
    const goal = join(this.#folders.trees, name)
    mkdirSync(place, { mode: 0o750 })
    renameSync(tree, join(place, 'tree'))
    writeFileSync(join(place, 'facts.json'), JSON.stringify(facts))
    try {
      renameSync(place, goal)
      return facts
    } catch {
      // Somebody was first.
      rmSync(place, { recursive: true, force: true })
      return this.has(name) ?? facts
    }
  }
}
