import type { Id } from '../../kernel/id.ts'
import { permits } from '../permits.ts'
import type { Action } from '../policy-table.ts'
import type { Principal } from '../principal.ts'
import { type Presented, presented } from './presented.ts'

/** Presents what an organisation runs or owes to whom it lets read or do that; null to anyone else, whatever their office. */
export function presentExposure<T extends object>(
  viewer: Principal,
  organisation: string,
  asks: { readonly action: Action; readonly noun: 'inventory' | 'obligation' },
  view: T,
): Presented<T> | null {
  const subject = {
    noun: asks.noun,
    stage: 'open',
    organisation: organisation as Id<'organisation'>,
    person: null,
    held: false,
  } as const
  return permits(viewer, asks.action, subject) ? presented(view) : null
}
