import { queryOptions } from '@tanstack/react-query'
import type {
  CalendarOut,
  CaseList,
  CasePaperList,
  CaseView,
  FunnelOut,
  LetterList,
  LetterOut,
  Timeline,
} from '../../../contract/shapes/case.ts'
import type { CaseReads } from '../../../contract/shapes/case-reads.ts'
import type { RelayList } from '../../../contract/shapes/relay.ts'
import { getJson, queryString } from '../../api/request.ts'
import { usePaged } from '../../parts/paged/use-paged.ts'

/** The address of a case, or of something in it. */
export const casePath = (id: string, rest = '') => `/v1/cases/${encodeURIComponent(id)}${rest}`

const fetchCases = (tab: 'all' | 'yours') => (cursor: string | null, signal?: AbortSignal) =>
  getJson<CaseList>(`/v1/cases${queryString({ tab, cursor, limit: 200 })}`, signal)

export const useCases = () => usePaged(['cases', 'all'], fetchCases('all'), 30_000)

/** Those of the cases in which the next act is the asker's, however long ago they last changed. */
export const useOwnMoves = () => usePaged(['cases', 'yours'], fetchCases('yours'), 30_000)

export const caseQuery = (id: string) =>
  queryOptions({
    queryKey: ['case', id],
    queryFn: ({ signal }) => getJson<CaseView>(casePath(id), signal),
    refetchInterval: 30_000,
  })

export const fetchTimeline = (id: string, cursor: string | null, signal?: AbortSignal) =>
  getJson<Timeline>(`${casePath(id, '/timeline')}${queryString({ cursor, limit: 50 })}`, signal)

export const fetchReads = (id: string, cursor: string | null, signal?: AbortSignal) =>
  getJson<CaseReads>(`${casePath(id, '/reads')}${queryString({ cursor, limit: 100 })}`, signal)

export const papersQuery = (id: string) =>
  queryOptions({
    queryKey: ['case', id, 'papers'],
    queryFn: ({ signal }) => getJson<CasePaperList>(casePath(id, '/papers'), signal),
  })

export const lettersQuery = (id: string) =>
  queryOptions({
    queryKey: ['case', id, 'letters'],
    queryFn: ({ signal }) => getJson<LetterList>(casePath(id, '/letters'), signal),
    // A letter on its way is told within seconds; otherwise what changes is a person's doing.
    refetchInterval: ({ state }) => (state.data?.rows.some(isOnItsWay) ? 2_000 : 30_000),
  })

export const relayQuery = (id: string) =>
  queryOptions({
    queryKey: ['case', id, 'relay'],
    queryFn: ({ signal }) => getJson<RelayList>(casePath(id, '/relay'), signal),
  })

const isOnItsWay = ({ state }: LetterOut) => state === 'queued' || state === 'sending'

export const calendarQuery = queryOptions({
  queryKey: ['calendar'],
  queryFn: ({ signal }) => getJson<CalendarOut>('/v1/calendar', signal),
  refetchInterval: 60_000,
})

export const funnelQuery = queryOptions({
  queryKey: ['funnel'],
  queryFn: ({ signal }) => getJson<FunnelOut>('/v1/funnel', signal),
})
