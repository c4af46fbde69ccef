import { queryOptions } from '@tanstack/react-query'
import type {
  AgreementList,
  CustodyOut,
  DocketList,
  DocketLog,
  DocketView,
  OfficeList,
  PaperList,
} from '../../../contract/shapes/docket.ts'
import { getJson, queryString } from '../../api/request.ts'

const at = (id: string, rest = '') => `/v1/dockets/${encodeURIComponent(id)}${rest}`

export const fetchDockets = (cursor: string | null, signal?: AbortSignal) =>
  getJson<DocketList>(`/v1/dockets${queryString({ cursor, limit: 200 })}`, signal)

export const docketQuery = (id: string) =>
  queryOptions({
    queryKey: ['docket', id],
    queryFn: ({ signal }) => getJson<DocketView>(at(id), signal),
    refetchInterval: ({ state }) => (state.data && awaitsWeir(state.data) ? 1500 : 30_000),
  })

/** Whether Weir itself is about to change the docket: a report is being made, keys are being destroyed, an endpoint is tried. */
function awaitsWeir({ determination, report, closing, endpoint, state }: DocketView): boolean {
  if (state === 'closed') return false
  if (closing !== null) return closing.receiptDigest === null
  if (determination !== null) return report === null
  return endpoint !== null && endpoint.base !== null && endpoint.baseline === null
}

export const fetchDocketLog = (id: string, cursor: string | null, limit: number, signal?: AbortSignal) =>
  getJson<DocketLog>(`${at(id, '/log')}${queryString({ cursor, limit })}`, signal)

export const papersQuery = (id: string) =>
  queryOptions({ queryKey: ['docket', id, 'papers'], queryFn: ({ signal }) => getJson<PaperList>(at(id, '/papers'), signal) })

export const custodyQuery = (id: string) =>
  queryOptions({
    queryKey: ['docket', id, 'custody'],
    queryFn: ({ signal }) => getJson<CustodyOut>(at(id, '/custody'), signal),
  })

export const agreementsQuery = queryOptions({
  queryKey: ['agreements'],
  queryFn: ({ signal }) => getJson<AgreementList>('/v1/agreements', signal),
})

/** Organisations that keep dockets; every developer may know them. */
export const officesQuery = queryOptions({
  queryKey: ['offices'],
  queryFn: async ({ signal }) => (await getJson<OfficeList>('/v1/offices', signal)).rows,
})
