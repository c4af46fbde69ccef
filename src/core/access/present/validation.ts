import type { Id } from '../../kernel/id.ts'
import { permits, rulesFor } from '../permits.ts'
import type { NounKind } from '../policy-table.ts'
import type { Principal } from '../principal.ts'
import { type Presented, presented } from './presented.ts'

// What leaves of targets, evidence, validations, jobs and runners. The viewer is asked here once more.

function owned(noun: NounKind, organisation: string | null, held = false) {
  return { noun, stage: 'open' as const, organisation: organisation as Id<'organisation'> | null, person: null, held }
}

/** Presents a target to the organisation that brought it, or to coordination; null to anyone else. */
export function presentTarget<T extends object>(viewer: Principal, organisation: string, view: T): Presented<T> | null {
  return permits(viewer, 'read', owned('target', organisation)) ? presented(view) : null
}

/** Presents a piece of evidence to whoever may add to that organisation's findings. */
export function presentEvidence<T extends object>(viewer: Principal, organisation: string, view: T): Presented<T> | null {
  return permits(viewer, 'write', owned('evidence', organisation)) ? presented(view) : null
}

/** Presents a validation, its result, log or statement; `organisation` is the one it may be told to beside coordination. */
export function presentValidation<T extends object>(
  viewer: Principal,
  organisation: string | null,
  view: T,
): Presented<T> | null {
  return permits(viewer, 'read', owned('validation', organisation)) ? presented(view) : null
}

/** Presents an answer about one job to the runner that showed its lease (`held`), or that asked for the next one. */
export function presentJob<T extends object>(viewer: Principal, held: boolean, view: T): Presented<T> | null {
  return permits(viewer, 'read', owned('job', null, held)) ? presented(view) : null
}

/** Presents the next job, or that there is none, to a runner. */
export function presentLease<T extends object>(viewer: Principal, view: T): Presented<T> | null {
  return rulesFor(viewer, 'list', 'job').length > 0 ? presented(view) : null
}

/** Presents a runner to itself, or runners to those who keep them. */
export function presentRunner<T extends object>(viewer: Principal, view: T): Presented<T> | null {
  const known = rulesFor(viewer, 'write', 'runner').length > 0 || rulesFor(viewer, 'list', 'runner').length > 0
  return known ? presented(view) : null
}
