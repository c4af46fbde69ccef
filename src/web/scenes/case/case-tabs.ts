import type { CaseRow } from '../../../contract/shapes/case.ts'

export const CASE_TABS = ['needs-me', 'waiting', 'everything'] as const
export type CaseTab = (typeof CASE_TABS)[number]
export interface CaseSearch {
  readonly tab?: CaseTab
}

/** The tab of the address; anything unknown is the first. */
export function readCaseSearch(given: Record<string, unknown>): CaseSearch {
  const tab = CASE_TABS.find((one) => one === given['tab'])
  return tab === undefined || tab === 'needs-me' ? {} : { tab }
}

/** Whether the next act in a case is the asker's; a coordinator's clearinghouse asks it for the coordinator's too. */
export const isMine = (row: CaseRow, coordinates: boolean): boolean =>
  row.state === 'open' && (row.whoseMove === 'yours' || (coordinates && row.whoseMove === 'coordinator'))

/** Whether a row stands under a tab. */
export function stands(row: CaseRow, tab: CaseTab, coordinates: boolean): boolean {
  if (tab === 'everything') return true
  return row.state === 'open' && isMine(row, coordinates) === (tab === 'needs-me')
}

/** By the end of the embargo, the nearest first; without one by the latest change. */
export function byEnd(a: CaseRow, b: CaseRow): number {
  const at = (row: CaseRow) => (row.endsAt === null ? Number.POSITIVE_INFINITY : Date.parse(row.endsAt))
  const ends = at(a) - at(b)
  return Number.isNaN(ends) || ends === 0 ? Date.parse(b.changedAt) - Date.parse(a.changedAt) : ends
}
