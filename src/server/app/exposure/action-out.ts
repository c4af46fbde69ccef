import type { ActionOut, FlawOut, ReportRow, WhyDate } from '../../../contract/shapes/exposure.ts'
import type { Dating } from '../../../core/exposure/obligation/dating.ts'
import { explain } from '../../../core/exposure/obligation/explain.ts'
import type { Deferral } from '../../../core/exposure/obligation/item/item.ts'
import { assetStandings } from '../../../core/exposure/obligation/item/standing.ts'
import { plainWords } from '../../../core/exposure/obligation/plain-words.ts'
import { sayAnalogy, sayChange, sayReading } from '../../../core/exposure/obligation/sentences.ts'
import { listedIn } from '../../../core/exposure/obligation/signals.ts'
import { sayStep } from '../../../core/exposure/say-step.ts'
import { formatInstant, type Instant, instant } from '../../../core/kernel/instant.ts'
import { scoreVector } from '../../../core/priority/cvss/score.ts'
import { assetsOf, type GroupedAction } from './action-group.ts'
import { statementsOut } from './action-statements.ts'
import { isTracesOwed, triageSteps } from './action-triage.ts'
import type { InventoryBook } from './inventory-book.ts'
import type { KeptObligation } from './obligation-body.ts'
import { tallyAssets } from './obligation-body.ts'
import type { GoesBy } from './obligation-rule.ts'

export interface Shown {
  readonly book: InventoryBook
  readonly rule: GoesBy
  readonly now: Instant
  /** Names of assets by their inventories. */
  readonly names: ReadonlyMap<string, string>
  /** Names of people by their ids. */
  readonly people: ReadonlyMap<string, string>
}

const at = (when: Instant | null) => (when === null ? null : formatInstant(when))

/** One action as its organisation reads it. */
export function actionOut({ id, standing, action, obligations }: GroupedAction, shown: Shown): ActionOut {
  const first = mostUrgent(obligations, action.tier)
  const obligation = explain(first.item, shown.rule.find(first.item.dating.directive) ?? shown.rule.directive)
  const assets = assetsIn(standing, assetsHeld(obligations, shown))
  const deferral = obligations.reduce<Deferral | null>((first, { item }) => {
    const own = item.deferral
    return own === null || (first !== null && first.until <= own.until) ? first : own
  }, null)
  return {
    id,
    do: action.do,
    component: action.name,
    from: [...action.from],
    to: action.to,
    assets,
    done: assets.filter(({ done }) => done).length,
    of: assets.length,
    due: at(action.due),
    tier: action.tier,
    rule: sayRule(first.item.dating, shown.rule),
    standing,
    until: standing === 'deferred' ? at(deferral?.until ?? null) : null,
    reason: standing === 'deferred' ? (deferral?.reason ?? null) : null,
    flaws: flawsOut(obligations, shown),
    why: whyDate(first, shown.rule),
    triage: action.do === 'triage' ? triageSteps(first, shown.rule) : [],
    plain: plainWords(
      action.do,
      action.tier,
      obligation.tier.name,
      standing !== 'remediated' && obligations.some((one) => isTracesOwed(one, shown.rule)),
    ),
  }
}

/** One obligation as the report tells it. */
export function reportRow(one: KeptObligation, shown: Shown): ReportRow {
  const { item, component } = one
  const { standing } = tallyAssets(one, shown.now)
  const why = whyDate(one, shown.rule)
  const { due } = item.dating
  return {
    id: item.id,
    flaw: one.flaw,
    aliases: one.ids.filter((id) => id !== one.flaw),
    component: one.packageKey,
    version: component.version ?? '',
    directive: item.dating.directive,
    row: item.dating.row,
    tier: item.dating.tier,
    outcome: why.outcome,
    analogy: why.analogy,
    inputs: why.inputs,
    readings: why.readings,
    openedAt: formatInstant(item.openedAt),
    due: at(due),
    standing,
    until: standing === 'deferred' ? at(item.deferral?.until ?? null) : null,
    late: standing === 'open' && due !== null && due < shown.now,
    assets: assetsHeld([one], shown),
    statements: statementsOut(one, shown),
    evidence: one.notes.map(({ at: when, how, says, assets }) => ({
      at: formatInstant(instant(when)),
      how,
      says,
      assets: (assets ?? []).map((asset) => shown.names.get(asset) ?? asset),
    })),
    triage: triageSteps(one, shown.rule),
    history: why.history,
  }
}

function mostUrgent(obligations: readonly KeptObligation[], tier: string): KeptObligation {
  const due = ({ item }: KeptObligation) => item.dating.due ?? Number.POSITIVE_INFINITY
  const own = obligations.filter(({ item }) => item.dating.tier === tier)
  return (own.length === 0 ? obligations : own).reduce((first, next) => (due(next) < due(first) ? next : first))
}

// An asset is done where nothing of the action is open on it, and held where all of it is held not affected.
function assetsHeld(obligations: readonly KeptObligation[], { names, now }: Shown): ActionOut['assets'] {
  const found = new Map<string, { open: boolean; held: boolean }>()
  for (const one of obligations) {
    const standing = assetStandings(one.item, now)
    for (const asset of assetsOf(one)) {
      const state = standing(asset)
      const before = found.get(asset) ?? { open: false, held: true }
      const open = before.open || state === 'open' || state === 'deferred'
      found.set(asset, { open, held: before.held && state === 'not-affected' })
    }
  }
  return [...found]
    .map(([inventory, { open, held }]) => ({ inventory, asset: names.get(inventory) ?? inventory, done: !open, held }))
    .toSorted((a, b) => (a.asset < b.asset ? -1 : a.asset > b.asset ? 1 : 0))
}

// What is held not affected stands in a list of its own.
function assetsIn(standing: GroupedAction['standing'], assets: ActionOut['assets']): ActionOut['assets'] {
  return assets.filter(({ held }) => held === (standing === 'not-affected'))
}

function flawsOut(obligations: readonly KeptObligation[], shown: Shown): FlawOut[] {
  const { book } = shown
  const flaws = new Map<string, FlawOut>()
  for (const one of obligations) {
    const { flaw: id, ids, place, summary, weak, item } = one
    const statements = statementsOut(one, shown)
    flaws.get(id)?.statements.push(...statements)
    if (flaws.has(id)) continue
    const held = book.place(place)
    const found = held === undefined ? undefined : book.flawsOf(held).find(({ primary }) => primary === id)
    const scores = (found?.records ?? []).flatMap(({ record }) =>
      record.vectors.slice(0, 20).flatMap((vector) => {
        const scored = scoreVector(vector)
        return scored.ok ? [scored.score] : []
      }),
    )
    flaws.set(id, {
      id,
      aliases: ids.filter((name) => name !== id),
      summary,
      exploited: listedIn(item.facts.signals) !== null,
      score: scores.length === 0 ? null : Math.max(...scores),
      why: found === undefined ? ['The records say nothing of this version any more.'] : found.match.steps.map(sayStep),
      weak,
      statements: [...statements],
    })
  }
  return [...flaws.values()]
}

function sayRule({ row, directive }: Dating, rule: GoesBy): string {
  const { name } = rule.find(directive) ?? rule.directive
  return row === null ? name : `${name}, row ${row}`
}

/** How the date of an obligation came about, computed again from what is kept. */
export function whyDate({ item }: Pick<KeptObligation, 'item'>, rule: GoesBy): WhyDate {
  const directive = rule.find(item.dating.directive) ?? rule.directive
  const obligation = explain(item, directive)
  const tierName = (key: string) => (key === obligation.tier.key ? obligation.tier.name : key)
  return {
    directive: obligation.directive,
    row: obligation.row,
    outcome: obligation.tier.name,
    analogy: sayAnalogy(obligation),
    inputs: obligation.inputs.map((input) => ({ ...input, at: at(input.at) })),
    readings: obligation.readings.map((reading) => ({
      reading: reading.reading,
      due: at(reading.due),
      counts: reading.counts,
      says: sayReading(reading, obligation),
    })),
    history: item.history.map(({ at: when, because, from }) => ({
      at: formatInstant(when),
      due: at(from.due),
      outcome: tierName(from.tier),
      because: sayChange(because),
    })),
  }
}
