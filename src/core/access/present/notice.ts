import type { Id } from '../../kernel/id.ts'
import { permits } from '../permits.ts'
import type { Principal } from '../principal.ts'
import { type Presented, presented } from './presented.ts'

/** A line of the event stream, for those who may follow that organisation's intake; null to anyone else. */
export function presentNotice<T extends object>(viewer: Principal, organisation: string | null, body: T): Presented<T> | null {
  const subject = {
    noun: 'intake' as const,
    stage: 'open' as const,
    organisation: organisation as Id<'organisation'> | null,
    person: null,
    held: false,
  }
  return permits(viewer, 'read', subject) ? presented(body) : null
}
