import { assess, type ComponentFlaw, type ComponentMatches, type GivenVex } from '../../../core/exposure/assess.ts'
import type { Component } from '../../../core/exposure/component.ts'
import type { VexClaim } from '../../../core/exposure/obligation/item/item.ts'
import type { VexTrust } from '../../../core/exposure/vex/apply-vex.ts'
import { namesPart, namesWhole, readOnce, type Whole } from '../../../core/exposure/vex/vex-reach.ts'
import type { VexStatement } from '../../../core/exposure/vex/vex-statement.ts'
import type { ExposureDesk } from './exposure-desk.ts'
import type { HeldAsset, HeldPlace } from './inventory-book.ts'
import type { GoesBy } from './obligation-rule.ts'
import { StatementIndex } from './statement-index.ts'

/** What holds of a component on some assets of one organisation: open or settled, each flaw with the statement that decided, if any. */
export interface Judged {
  readonly flaws: readonly ComponentFlaw[]
  readonly settled: readonly ComponentFlaw[]
  readonly assets: readonly HeldAsset[]
}

const NONE: readonly VexStatement[] = []
const inventoryIndexes = new WeakMap<HeldAsset, StatementIndex>()

/**
 * What one organisation believes: its own documents first, then statements among the records by authors that it listed, the most
 * trusted first, then, if it chose so, its inventories. Statements are found by the names of flaws, never searched through.
 */
export class Believed {
  readonly #desk: Pick<ExposureDesk, 'book' | 'known' | 'vex'>
  readonly #own: StatementIndex | undefined
  readonly #listed: ReadonlySet<string>
  readonly #inventories: boolean
  readonly #authors: readonly string[]
  readonly #read = readOnce()
  /** Whether a statement names the subject of an inventory, by subject. */
  readonly #wholes = new Map<string, Map<VexStatement, boolean>>()

  constructor(
    desk: Pick<ExposureDesk, 'book' | 'known' | 'vex'>,
    organisation: string,
    rule: Pick<GoesBy, 'believe' | 'believeInventories'>,
  ) {
    this.#desk = desk
    this.#own = desk.vex.of(organisation)
    this.#listed = new Set(rule.believe.map(folded))
    this.#inventories = rule.believeInventories
    const own = [...(this.#own?.authors.keys() ?? [])].sort()
    this.#authors = [...new Set([...own, ...rule.believe].map(folded))]
  }

  /** Nothing could be settled by anybody. */
  get isNobody(): boolean {
    return this.#own === undefined && this.#listed.size === 0 && !this.#inventories
  }

  /** How a statement came here. */
  sourceOf(statement: VexStatement): Exclude<VexClaim['source'], 'operator' | 'records'> {
    if (statement.source === 'inventory') return 'inventory'
    const own = this.#own !== undefined && statement.ids.some((id) => this.#own!.about(id).has(statement))
    return own ? 'own-document' : 'record'
  }

  /** Statements of documents about any of these flaws, by whom it believes; in the same order on every process. */
  about(names: Iterable<string>): readonly VexStatement[] {
    const found = new Set<VexStatement>()
    for (const name of names) {
      for (const statement of this.#own?.about(name) ?? NONE) found.add(statement)
      if (this.#listed.size === 0) continue
      // One that names no product speaks of its own document's subject, which nobody here knows.
      for (const statement of this.#desk.known.statementsAbout(name))
        if (statement.products.length > 0 && this.#listed.has(folded(statement.author))) found.add(statement)
    }
    return found.size < 2 ? [...found] : [...found].sort((a, b) => (order(a) < order(b) ? -1 : 1))
  }

  /** The same as `applyVex` takes it, for what an inventory is about; its own statements count last. */
  trust(whole: Whole | null, inventory: string | null = null): VexTrust {
    const authors = inventory === null ? this.#authors : [...this.#authors, folded(inventory)]
    return { authors, subject: whole?.subject ?? null, refs: new Map(), subjectRefs: whole?.refs ?? new Set() }
  }

  /** All that `assess` needs to judge one inventory; null where nothing could be settled. */
  given(found: readonly ComponentMatches[], { whole, stated }: Required<Pick<HeldAsset, 'whole' | 'stated'>>): GivenVex | null {
    if (this.isNobody) return null
    const names = new Set(found.flatMap(({ matches }) => [...this.#namesOf(matches)]))
    const own = this.#inventories ? stated : NONE
    const statements = [...this.about(names), ...own]
    return statements.length === 0 ? null : { statements, trust: this.trust(whole, own[0]?.author ?? null) }
  }

  /** What of a component's flaws is open and what is settled, on these assets. */
  judge(place: HeldPlace, component: Component, assets: readonly HeldAsset[]): readonly Judged[] {
    const plain = { flaws: this.#desk.book.flawsOf(place), settled: [], assets }
    if (this.isNobody) return [plain]
    const names = this.#namesOf(place.matches)
    const stated = this.about(names)
    const direct = stated.filter((statement) => namesPart(statement, component, this.#read))
    const reached = new Set(direct)
    const rest = direct.length === stated.length ? NONE : stated.filter((statement) => !reached.has(statement))
    const common: HeldAsset[] = []
    const judged: Judged[] = []
    for (const asset of assets) {
      const more = [...this.#ofWhole(rest, asset.whole ?? null), ...this.#ofInventory(asset, names)]
      if (more.length === 0) common.push(asset)
      else judged.push(this.#judged(place, component, [...direct, ...more], asset.whole ?? null, [asset]))
    }
    if (common.length > 0)
      judged.push(direct.length === 0 ? { ...plain, assets: common } : this.#judged(place, component, direct, null, common))
    return judged
  }

  #judged(
    place: HeldPlace,
    component: Component,
    statements: readonly VexStatement[],
    whole: Whole | null,
    assets: readonly HeldAsset[],
  ): Judged {
    const joined = { groupOf: (id: string) => this.#desk.known.groupOf(id) }
    const trust = this.trust(whole, assets.length === 1 ? (assets[0]!.stated?.[0]?.author ?? null) : null)
    const { affected, settled } = assess([{ component, matches: place.matches }], joined, { statements, trust })
    return { flaws: affected, settled, assets }
  }

  #namesOf(matches: HeldPlace['matches']): ReadonlySet<string> {
    const names = new Set<string>()
    for (const { record } of matches) {
      names.add(record.id)
      for (const id of this.#desk.known.groupOf(record.id)?.ids ?? NO_NAMES) names.add(id)
    }
    return names
  }

  #ofWhole(statements: readonly VexStatement[], whole: Whole | null): readonly VexStatement[] {
    if (whole === null || statements.length === 0) return NONE
    const { purl, name, version } = whole.subject
    const key = JSON.stringify([purl, name, version, [...whole.refs]])
    const known = this.#wholes.get(key) ?? new Map<VexStatement, boolean>()
    this.#wholes.set(key, known)
    return statements.filter((statement) => {
      const names = known.get(statement) ?? namesWhole(statement, whole, this.#read)
      known.set(statement, names)
      return names
    })
  }

  #ofInventory(asset: HeldAsset, names: ReadonlySet<string>): readonly VexStatement[] {
    if (!this.#inventories || asset.stated === undefined || asset.stated.length === 0) return NONE
    let index = inventoryIndexes.get(asset)
    if (index === undefined) {
      index = new StatementIndex()
      index.add(asset.stated)
      inventoryIndexes.set(asset, index)
    }
    return [...new Set([...names].flatMap((name) => [...index.about(name)]))]
  }
}

const NO_NAMES: readonly string[] = []

function folded(text: string): string {
  return text.trim().toLowerCase()
}

function order({ document, author, status, justification, at }: VexStatement): string {
  return JSON.stringify([document, author, status, justification, at])
}
