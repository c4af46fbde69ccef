import { foldedId } from '../../../core/exposure/aliases/flaw-names.ts'
import type { VexStatement } from '../../../core/exposure/vex/vex-statement.ts'

const NONE: ReadonlySet<VexStatement> = new Set()

/** Statements by every name of the flaws they are about, so that nobody reads all of them for one. */
export class StatementIndex {
  readonly #byName = new Map<string, Set<VexStatement>>()
  readonly #authors = new Map<string, number>()
  #size = 0

  get size(): number {
    return this.#size
  }

  /** How many statements each author makes. */
  get authors(): ReadonlyMap<string, number> {
    return this.#authors
  }

  get names(): Iterable<string> {
    return this.#byName.keys()
  }

  about(name: string): ReadonlySet<VexStatement> {
    return this.#byName.get(foldedId(name)) ?? NONE
  }

  add(statements: Iterable<VexStatement>): void {
    for (const statement of statements) {
      this.#size++
      this.#authors.set(statement.author, (this.#authors.get(statement.author) ?? 0) + 1)
      for (const id of statement.ids) {
        const name = foldedId(id)
        const held = this.#byName.get(name)
        if (held === undefined) this.#byName.set(name, new Set([statement]))
        else held.add(statement)
      }
    }
  }

  /** Takes out the very statements that were put in. */
  remove(statements: Iterable<VexStatement>): void {
    for (const statement of statements) {
      this.#size--
      const left = (this.#authors.get(statement.author) ?? 0) - 1
      if (left > 0) this.#authors.set(statement.author, left)
      else this.#authors.delete(statement.author)
      for (const id of statement.ids) {
        const name = foldedId(id)
        const held = this.#byName.get(name)
        if (held?.delete(statement) && held.size === 0) this.#byName.delete(name)
      }
    }
  }
}
