import { queryOptions } from '@tanstack/react-query'
import type { DutyHistory, DutyList } from '../../../contract/shapes/duty.ts'
import { getJson, queryString } from '../../api/request.ts'

export const dutiesQuery = queryOptions({
  queryKey: ['duties'],
  queryFn: ({ signal }) => getJson<DutyList>('/v1/duties', signal),
})

export const ownDutiesQuery = queryOptions({
  queryKey: ['own-duties'],
  queryFn: ({ signal }) => getJson<DutyList>('/v1/own-duties', signal),
})

export const dutyHistoryQuery = (duty: string) =>
  queryOptions({
    queryKey: ['duties', 'history', duty],
    queryFn: ({ signal }) => getJson<DutyHistory>(`/v1/duties/history${queryString({ duty })}`, signal),
  })
