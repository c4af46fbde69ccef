import { queryOptions } from '@tanstack/react-query'
import type { DemoPerson, InviteRow, Me, OrganisationRow, PersonRow, TokenRow } from '../../contract/shapes/account.ts'
import type { FlawPage, FlawPageOfRows, Thread } from '../../contract/shapes/flaw.ts'
import type { IntakeProgress, Tally } from '../../contract/shapes/public.ts'
import type { FindingRow, ReceiptStatus, ReportRow } from '../../contract/shapes/report.ts'
import { getJson, queryString } from './request.ts'

/** A page of a list with the cursor of the next one. */
export interface Paged<Row> {
  readonly rows: readonly Row[]
  readonly next?: string | null
}

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }) => ({ ...(await getJson<Me>('/v1/me', signal)), readAt: Date.now() }),
  staleTime: 30_000,
  refetchInterval: 60_000,
})

export const tallyQuery = queryOptions({
  queryKey: ['tally'],
  queryFn: ({ signal }) => getJson<Tally>('/v1/public', signal),
  staleTime: 60_000,
})

export const demoPeopleQuery = queryOptions({
  queryKey: ['demo', 'people'],
  queryFn: async ({ signal }) => rowsOf(await getJson<DemoPerson[] | Paged<DemoPerson>>('/v1/demo/people', signal)),
})

export interface FlawSearch {
  readonly tab: string
  readonly sort: string
  readonly order: string
  readonly q?: string | undefined
  readonly priority?: string | undefined
  readonly need?: string | undefined
}

/** One page of the queue, at most 200 rows. */
export function fetchFlaws(search: FlawSearch, cursor: string | null, signal?: AbortSignal): Promise<FlawPageOfRows> {
  return getJson<FlawPageOfRows>(`/v1/flaws${queryString({ ...search, cursor, limit: 200 })}`, signal)
}

export const flawQuery = (id: string) =>
  queryOptions({
    queryKey: ['flaw', id],
    queryFn: ({ signal }) => getJson<FlawPage>(`/v1/flaws/${encodeURIComponent(id)}`, signal),
  })

export const searchQuery = (q: string) =>
  queryOptions({
    queryKey: ['search', q],
    queryFn: ({ signal }) => getJson<FlawPageOfRows>(`/v1/search${queryString({ q, limit: 100 })}`, signal),
    enabled: q.trim() !== '',
  })

export const threadQuery = (path: string) =>
  queryOptions({ queryKey: ['thread', path], queryFn: ({ signal }) => getJson<Thread>(path, signal) })

export const receiptQuery = (receipt: string) =>
  queryOptions({
    queryKey: ['receipt', receipt],
    queryFn: ({ signal }) => getJson<ReceiptStatus>(`/v1/receipts/${encodeURIComponent(receipt)}`, signal),
  })

export const fetchFindings = async (
  cursor: string | null,
  report: string | null,
  signal?: AbortSignal,
): Promise<Paged<FindingRow>> =>
  pageOf(await getJson<FindingRow[] | Paged<FindingRow>>(`/v1/findings${queryString({ cursor, report, limit: 200 })}`, signal))

export const fetchReports = async (cursor: string | null, signal?: AbortSignal): Promise<Paged<ReportRow>> =>
  pageOf(await getJson<ReportRow[] | Paged<ReportRow>>(`/v1/reports${queryString({ cursor, limit: 200 })}`, signal))

export const reportQuery = (id: string) =>
  queryOptions({
    queryKey: ['report', id],
    queryFn: ({ signal }) => getJson<ReportRow>(`/v1/reports/${encodeURIComponent(id)}`, signal),
  })

export const intakeQuery = queryOptions({
  queryKey: ['intake'],
  queryFn: async ({ signal }) => rowsOf(await getJson<IntakeProgress[] | Paged<IntakeProgress>>('/v1/intake', signal)),
})

export const organisationsQuery = list<OrganisationRow>('organisations')
export const peopleQuery = list<PersonRow>('people')
export const invitesQuery = list<InviteRow>('invites')
export const tokensQuery = list<TokenRow>('tokens')

function list<Row>(noun: string) {
  return queryOptions({
    queryKey: [noun],
    queryFn: async ({ signal }) => rowsOf(await getJson<Row[] | Paged<Row>>(`/v1/${noun}`, signal)),
  })
}

// Lists come as a page with a cursor; short ones may come as a plain array.
function pageOf<Row>(answer: Row[] | Paged<Row>): Paged<Row> {
  return Array.isArray(answer) ? { rows: answer, next: null } : answer
}

function rowsOf<Row>(answer: Row[] | Paged<Row>): readonly Row[] {
  return pageOf(answer).rows
}
