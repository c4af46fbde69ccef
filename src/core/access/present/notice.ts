import type { Id } from '../../kernel/id.ts'
import { permits } from '../permits.ts'
import type { Principal } from '../principal.ts'
import { type Presented, presented } from './presented.ts'

const NOUNS = { intake: 'intake', flaw: 'intake', exposure: 'obligation' } as const

/** A line of the event stream, for those who may read what it is about; null to anyone else. */
export function presentNotice<T extends object>(
  viewer: Principal,
  { name, organisation, body }: { readonly name: keyof typeof NOUNS; readonly organisation: string | null; readonly body: T },
): Presented<T> | null {
  const subject = {
    noun: NOUNS[name],
    stage: 'open' as const,
    organisation: organisation as Id<'organisation'> | null,
    person: null,
    held: false,
  }
  return permits(viewer, 'read', subject) ? presented(body) : null
}
