import type { ExposureWhy } from '../../../contract/shapes/exposure.ts'
import type { Component } from '../../../core/exposure/component.ts'
import type { RecordMatch } from '../../../core/exposure/look-up.ts'
import { applyVex } from '../../../core/exposure/vex/apply-vex.ts'
import { UNUSED } from '../../../core/exposure/vex/say-unused.ts'
import type { VexStatement } from '../../../core/exposure/vex/vex-statement.ts'
import { formatInstant } from '../../../core/kernel/instant.ts'
import { Believed } from './believed.ts'
import type { ExposureDesk } from './exposure-desk.ts'
import type { GoesBy } from './obligation-rule.ts'

const MOST_STATEMENTS = 100
/** Of one flaw; beyond it they are counted only. */
const MOST_HELD = 5_000

/** What records say of one component after the statements that are believed, and every statement of the flaw with why it counts or not. */
export function underVex(
  desk: ExposureDesk,
  organisation: string,
  rule: GoesBy,
  asked: { readonly component: Component; readonly found: readonly RecordMatch[]; readonly ids: readonly string[] },
): { readonly matches: readonly RecordMatch[] } & Pick<ExposureWhy, 'statements' | 'stated'> {
  const { component, found, ids } = asked
  const believed = new Believed(desk, organisation, rule)
  const trusted = believed.about(ids)
  const all = new Set<VexStatement>(trusted)
  for (const id of ids) for (const statement of desk.known.statementsAbout(id)) all.add(statement)
  const held = [...all].slice(0, Math.max(MOST_HELD, trusted.length)).filter(({ products }) => products.length > 0)
  const targets = found.map((one) => ({ ...one, component, ids }))
  const { matches, unused } = applyVex(targets, trusted, believed.trust(null))
  const why = new Map(held.slice(trusted.length).map((one) => [one, UNUSED['author-not-trusted']]))
  for (const one of unused) why.set(one.statement, UNUSED[one.why])
  const told = held.toSorted((a, b) => Number(why.has(a)) - Number(why.has(b)) || (b.at ?? 0) - (a.at ?? 0))
  return {
    matches,
    stated: all.size,
    statements: told.slice(0, MOST_STATEMENTS).map((statement) => {
      const { status, author, document, at, justification, detail } = statement
      return {
        status,
        author,
        source: believed.sourceOf(statement),
        document,
        at: at === null ? null : formatInstant(at),
        justification,
        detail: detail?.slice(0, 2_000) ?? null,
        why: why.get(statement) ?? null,
      }
    }),
  }
}
