import type { Directive } from '../../directives/directive.ts'
import { oblige } from '../oblige.ts'
import { TRIAGE_STEPS, type Triage, type TriageStepName } from '../triage.ts'
import type { ObligationItem } from './item.ts'

/** Whether the obligation asks for triage, now or once: what was asked for and begun may be finished after the row changed. */
export function triageAsked(item: ObligationItem, directive: Directive): boolean {
  return item.triaged.length > 0 || triageNow(item, directive) !== null
}

/** The triage as it is asked for now. */
export function triageNow(item: Pick<ObligationItem, 'facts' | 'choice'>, directive: Directive): Triage | null {
  return oblige(directive, item.facts, item.choice).triage
}

/** What of triage is still to be done, in order. Collecting comes before patching: said of patched assets, it is gone. */
export function triageLeft(item: ObligationItem, directive: Directive): readonly TriageStepName[] {
  if (triageNow(item, directive) === null) return []
  return TRIAGE_STEPS.filter((step) => !item.triaged.some((done) => done.step === step))
}

/** Whether something was patched or mitigated before volatile evidence was collected where triage asks for it. */
export function patchedBeforeCollecting(item: ObligationItem, directive: Directive): boolean {
  if (triageNow(item, directive) === null) return false
  const collected = item.triaged.find(({ step }) => step === 'collect')?.at ?? null
  const first = [item.done, ...item.parts].reduce<number | null>(
    (early, done) => (done !== null && (early === null || done.at < early) ? done.at : early),
    null,
  )
  return first !== null && (collected === null || collected > first)
}
