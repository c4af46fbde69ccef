import type { TriageStep } from '../../../contract/shapes/exposure.ts'
import { explain } from '../../../core/exposure/obligation/explain.ts'
import { triageLeft, triageNow } from '../../../core/exposure/obligation/item/triage-asked.ts'
import { formatInstant, type Instant } from '../../../core/kernel/instant.ts'
import type { KeptObligation } from './obligation-body.ts'
import type { GoesBy } from './obligation-rule.ts'

type Of = Pick<KeptObligation, 'item'>

const directiveOf = ({ item }: Of, rule: GoesBy) => rule.find(item.dating.directive) ?? rule.directive

/** When the next step of triage is due; null where none is asked for, or all is done. */
export function triageDue(one: Of, rule: GoesBy): Instant | null {
  const directive = directiveOf(one, rule)
  const triage = triageNow(one.item, directive)
  if (triage === null) return null
  const left = new Set(triageLeft(one.item, directive))
  const dues = triage.steps.flatMap(({ step, due }) => (left.has(step) && due !== null ? [due] : []))
  return dues.length === 0 ? null : (Math.min(...dues) as Instant)
}

/** Whether traces are to be saved before anything is patched, and nobody said yet that they are. */
export function isTracesOwed(one: Of, rule: GoesBy): boolean {
  return triageLeft(one.item, directiveOf(one, rule)).includes('collect')
}

/** Whether no triage is left to do. */
export function isEmptyTriage(one: Of, rule: GoesBy): boolean {
  return triageDue(one, rule) === null
}

/** The steps of triage with what was done of them; empty where none is asked for. */
export function triageSteps(one: Of, rule: GoesBy): TriageStep[] {
  const { triage } = explain(one.item, directiveOf(one, rule))
  if (triage === null) return []
  return triage.steps.flatMap(({ step, due, singleSource }) => {
    if (due === null) return []
    const done = one.item.triaged.findLast((entry) => entry.step === step)
    const look = step === 'analyse' ? triage.look.map(({ label, address }) => `${label}: ${address}`) : []
    return [{ step, due: formatInstant(due), singleSource, look, doneAt: done === undefined ? null : formatInstant(done.at) }]
  })
}
