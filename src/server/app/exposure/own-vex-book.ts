import { foldedId } from '../../../core/exposure/aliases/flaw-names.ts'
import type { VexStatement } from '../../../core/exposure/vex/vex-statement.ts'
import { StatementIndex } from './statement-index.ts'

interface HeldDocument {
  readonly organisation: string
  readonly version: number
  readonly statements: readonly VexStatement[]
}

/** VEX documents that organisations brought for themselves, in memory; each is applied to its own organisation's inventories only. */
export class OwnVexBook {
  readonly #documents = new Map<string, HeldDocument>()
  readonly #byOrganisation = new Map<string, StatementIndex>()

  get documents(): Iterable<readonly [id: string, document: HeldDocument]> {
    return this.#documents
  }

  versionOf(id: string): number | undefined {
    return this.#documents.get(id)?.version
  }

  /** Puts a document in its place; the names of flaws that it speaks of or spoke of are answered. */
  put(organisation: string, id: string, version: number, statements: readonly VexStatement[]): ReadonlySet<string> {
    const names = new Set(this.remove(id))
    this.#documents.set(id, { organisation, version, statements })
    const index = this.#byOrganisation.get(organisation) ?? new StatementIndex()
    index.add(statements)
    this.#byOrganisation.set(organisation, index)
    for (const { ids } of statements) for (const name of ids) names.add(foldedId(name))
    return names
  }

  remove(id: string): ReadonlySet<string> {
    const held = this.#documents.get(id)
    if (held === undefined) return new Set()
    this.#documents.delete(id)
    const index = this.#byOrganisation.get(held.organisation)
    index?.remove(held.statements)
    if (index?.size === 0) this.#byOrganisation.delete(held.organisation)
    return new Set(held.statements.flatMap(({ ids }) => ids.map(foldedId)))
  }

  /** What an organisation's own documents state; undefined where it brought none. */
  of(organisation: string): StatementIndex | undefined {
    return this.#byOrganisation.get(organisation)
  }
}
