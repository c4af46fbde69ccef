import { NEEDS_ORDER } from './needs.ts'

export const TABS = ['needs-me', 'waiting', 'everything'] as const
export const SORTS = ['priority', 'last', 'first', 'findings', 'finders', 'severity'] as const
export type Tab = (typeof TABS)[number]
export type Sort = (typeof SORTS)[number]

/** What the queue's address says: tab, order, filter. What is left out is the default, so that addresses stay short. */
export interface QueueSearch {
  readonly tab?: Tab
  readonly sort?: Sort
  readonly order?: 'asc'
  readonly q?: string
  readonly priority?: string
  readonly need?: string
  readonly group?: 'none'
}

const PRIORITIES = ['immediate', 'out-of-cycle', 'scheduled', 'defer']

/** Reads the address; anything foreign is passed over. */
export function readQueueSearch(given: Record<string, unknown>): QueueSearch {
  const one = <T extends string>(value: unknown, of: readonly T[]): T | undefined => of.find((choice) => choice === value)
  const read = {
    tab: one(given['tab'], TABS),
    sort: one(given['sort'], SORTS),
    order: one(given['order'], ['asc'] as const),
    q: typeof given['q'] === 'string' && given['q'] !== '' ? given['q'].slice(0, 300) : undefined,
    priority: one(given['priority'], PRIORITIES),
    need: one(given['need'], NEEDS_ORDER),
    group: one(given['group'], ['none'] as const),
  }
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined))
}
