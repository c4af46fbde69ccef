import type { AdvisoryRecord } from '../../core/exposure/advisory-record.ts'
import { foldedId } from '../../core/exposure/aliases/flaw-names.ts'
import { joinAliases } from '../../core/exposure/aliases/join-aliases.ts'
import { nearRecords } from '../../core/exposure/aliases/near-records.ts'
import type { Component } from '../../core/exposure/component.ts'
import { explain } from '../../core/exposure/explain.ts'
import { heldObject } from '../../core/exposure/finding-object.ts'
import { identityOf } from '../../core/exposure/identity.ts'
import type { Match } from '../../core/exposure/match.ts'
import { identityOfPurl } from '../../core/exposure/package-identity.ts'
import { sayMatch, sayStep } from '../../core/exposure/say-step.ts'
import { formatPurl, mendPurl } from '../../core/kernel/purl.ts'
import { EXIT, Stop } from '../exit.ts'
import { wrap } from '../text/columns.ts'
import { counted, whole } from '../text/figures.ts'
import { inert } from '../text/inert.ts'
import type { Ink } from '../text/ink.ts'
import type { HeldFlaw } from './held-flaws.ts'

const MOST_SHOWN = 20
const MOST_KEPT = 200

/** What one record means for one component. */
export interface Explained {
  readonly component: Component
  readonly record: AdvisoryRecord
  readonly match: Match
}

/** A question about one flaw, and about one component if one was named: gathers the answers while components pass. */
export class WhyAsked {
  readonly id: string
  readonly purl: string | null
  readonly #records: readonly AdvisoryRecord[]
  readonly #keys: ReadonlySet<string>
  readonly #key: string | null
  readonly #version: string | null
  readonly answers: Explained[] = []

  /** Throws Stop where no record of the feed speaks of the flaw, or the purl cannot be read. */
  constructor(asked: string, records: readonly AdvisoryRecord[]) {
    const cut = asked.indexOf(':pkg:')
    this.id = foldedId(cut < 0 ? asked : asked.slice(0, cut))
    const purl = cut < 0 ? null : mendPurl(asked.slice(cut + 1))
    if (purl !== null && !purl.ok) throw new Stop(EXIT.badInput, `${inert(asked.slice(cut + 1))} is not a purl.`)
    this.purl = purl === null ? null : formatPurl(purl.purl)
    const identity = this.purl === null ? null : identityOfPurl(this.purl)
    this.#key = identity?.key ?? null
    this.#version = identity?.version ?? null
    const near = nearRecords(records, [{ id: this.id, aliases: [] }])
    const names = new Set(joinAliases(near).groupOf(this.id)?.ids ?? [this.id])
    this.#records = near.filter(
      ({ id, aliases }) => names.has(foldedId(id)) || aliases.some((alias) => foldedId(alias) === this.id),
    )
    if (this.#records.length === 0)
      throw new Stop(
        EXIT.badInput,
        `No record of the feed speaks of ${inert(this.id)}.`,
        'Name a CVE, GHSA or other id as the feed has it.',
      )
    this.#keys = new Set(this.#records.flatMap(({ affected }) => affected.map(({ key }) => key)))
  }

  /** Looks at a component as it passes. */
  see(component: Component): void {
    const named = namesOf(component.purl)
    if (this.#key !== null) {
      const meant = named.some(({ key, version }) => key === this.#key && (this.#version === null || version === this.#version))
      if (!meant) return
    } else if (!named.some(({ key }) => this.#keys.has(key)) && !this.#byProduct(component)) return
    if (this.answers.length >= MOST_KEPT) return
    for (const record of this.#records) this.answers.push({ component, record, match: explain(record, component) })
  }

  #byProduct(component: Component): boolean {
    if (component.cpes.length === 0 && component.marks.length === 0) return false
    return this.#records.some((record) => explain(record, component).steps.some(({ step }) => step !== 'other-package'))
  }

  /** Whether a flaw of a component is what was asked about. */
  isAbout({ ids, covers, component }: Pick<HeldFlaw['flaw'], 'ids' | 'covers' | 'component'>): boolean {
    return (ids.includes(this.id) || covers.includes(this.id)) && this.answers.some((one) => one.component === component)
  }

  /** The answers for people; without a component that they are about, which packages the records name. */
  lines(ink: Ink): string[] {
    if (this.answers.length === 0) {
      const names = [...this.#keys].slice(0, 10).map((key) => inert(key, 80))
      const what = this.purl === null ? 'No component is what its records name' : `No component is ${inert(this.purl)}`
      return [
        ink.strong(`WHY  ${inert(this.id)} is no finding here`),
        ...wrap(
          `${what}. ${counted(this.#records.length, 'record')} of the feed ${names.length === 0 ? 'name no package' : `name ${names.join(', ')}`}${this.#keys.size > names.length ? ` and ${whole(this.#keys.size - names.length)} more` : ''}.`,
          76,
        ).map((line) => `  ${line}`),
      ]
    }
    const shown = this.answers.slice(0, MOST_SHOWN)
    const left = this.answers.length - shown.length
    return [
      ...shown.flatMap(({ component, record, match }) => [
        ink.strong(`WHY  ${inert(component.purl ?? identityOf(component), 120)}: ${sayMatch(match)}`),
        `  ${inert(record.id, 80)} of ${inert(record.source, 60)}${match.fixed === null ? '' : `, fixed in ${inert(match.fixed, 60)}`}`,
        ...match.steps.flatMap((step) =>
          wrap(inert(`${sayStep(step)} (${step.rule})`, 400), 74).map((line, n) => `${n === 0 ? '  - ' : '    '}${line}`),
        ),
      ]),
      ...(left > 0 ? [ink.dim(`${whole(left)} more: --json shows all`)] : []),
    ]
  }

  /** The same as data. */
  get json(): object[] {
    return this.answers.map(({ component, record, match }) => ({
      asked: this.id,
      purl: component.purl,
      id: record.id,
      source: record.source,
      affected: match.affected,
      match: match.by,
      fixed: match.fixed,
      why: match.steps.map(sayStep),
      steps: match.steps,
      place: component.place,
    }))
  }
}

/** What a component may be asked for by: its own name, and its source package, which is what advisories of a distribution name. */
function namesOf(purl: string | null): { readonly key: string; readonly version: string | null }[] {
  const identity = purl === null ? null : identityOfPurl(purl)
  if (purl === null || identity === null) return []
  const own = purl.includes('?') ? identityOfPurl(purl.split('?', 1)[0]!) : null
  return [identity, own, identity.source].filter((one) => one !== null)
}

/** Why a flaw that matched is no finding: the statement that settled it, after the steps of the match. */
export function settledWhy({ flaw, assets }: HeldFlaw, ink: Ink): string[] {
  const what = inert(flaw.component.purl ?? identityOf(flaw.component), 120)
  return [
    ink.strong(`WHY  ${what}: ${sayMatch(flaw.match)}, by a VEX statement, on ${counted(assets.length, 'asset')}`),
    ...flaw.match.steps.flatMap((step) =>
      wrap(inert(sayStep(step), 400), 74).map((line, n) => `${n === 0 ? '  - ' : '    '}${line}`),
    ),
  ]
}

/** The same as data. */
export function settledJson({ flaw, assets }: HeldFlaw): object {
  return {
    asked: flaw.primary,
    ...heldObject(
      flaw,
      assets.map(({ name }) => name),
    ),
  }
}
