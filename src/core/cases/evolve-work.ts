import type { Case, FlawWork } from './case.ts'
import type { CaseEventOf, ReportEvent, WorkEvent } from './case-event.ts'
import { changed, worked } from './evolve-people.ts'
import { stepReport } from './report-state.ts'
import { stepVendor } from './vendor-step.ts'

/** The case after a participant judged its report; that one was sent is kept by its event alone. */
export function afterReport(of: Case, event: ReportEvent): Partial<Case> {
  if (event.type === 'report-sent') return {}
  const { participant, move } = event
  return { participants: changed(of, participant, (one) => ({ ...one, report: stepReport(one.report, move) ?? one.report })) }
}

/** The case after word of a fix, a deployment or a status. */
export function afterWork(of: Case, event: WorkEvent): Partial<Case> {
  return { participants: changed(of, event.participant, (one) => worked(one, event.flaw, (work) => next(work, event))) }
}

function next(work: FlawWork, event: WorkEvent): FlawWork {
  switch (event.type) {
    case 'fix-readied':
      return { ...work, step: work.step && (stepVendor(work.step, 'fix-ready') ?? work.step), fixReadyAt: event.at }
    case 'deployment-told':
      return deployed(work, event)
    case 'status-stated':
      return { ...work, stated: event.stated }
    case 'status-approved': {
      const { by: approvedBy, at: approvedAt } = event
      return work.stated === null ? work : { ...work, stated: null, status: { ...work.stated, approvedBy, approvedAt } }
    }
  }
}

function deployed(work: FlawWork, { share, reached, at }: CaseEventOf<'deployment-told'>): FlawWork {
  if (!reached) return { ...work, deployed: share }
  const step = work.step && (stepVendor(work.step, 'deployed') ?? work.step)
  return { ...work, deployed: share, step, deployedAt: at }
}
