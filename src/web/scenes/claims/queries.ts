import { queryOptions } from '@tanstack/react-query'
import type {
  ClaimList,
  ContactOut,
  CoverageOut,
  OptOutList,
  ScanRequestList,
  ScanRouteList,
} from '../../../contract/shapes/scan.ts'
import { getJson, queryString } from '../../api/request.ts'

export const fetchClaims = (cursor: string | null, signal?: AbortSignal) =>
  getJson<ClaimList>(`/v1/claims${queryString({ cursor, limit: 200 })}`, signal)

export const contactQuery = (contact: string) =>
  queryOptions({
    queryKey: ['scan-contact', contact],
    queryFn: ({ signal }) => getJson<ContactOut>(`/v1/scan-contacts/${encodeURIComponent(contact)}`, signal),
  })

export const scanRequestsQuery = queryOptions({
  queryKey: ['scan-requests'],
  queryFn: ({ signal }) => getJson<ScanRequestList>('/v1/scan-requests', signal),
})

export const optOutsQuery = queryOptions({
  queryKey: ['opt-outs'],
  queryFn: ({ signal }) => getJson<OptOutList>('/v1/opt-outs', signal),
})

export const coverageQuery = queryOptions({
  queryKey: ['coverage'],
  queryFn: ({ signal }) => getJson<CoverageOut>('/v1/coverage', signal),
})

export const optOutsOfQuery = (target: string) =>
  queryOptions({
    queryKey: ['opt-outs', target],
    queryFn: ({ signal }) => getJson<OptOutList>(`/v1/opt-outs${queryString({ target })}`, signal),
  })

export const scanRoutesOfQuery = (target: string) =>
  queryOptions({
    queryKey: ['scan-routes', target],
    queryFn: ({ signal }) => getJson<ScanRouteList>(`/v1/scan-routes${queryString({ target })}`, signal),
  })
