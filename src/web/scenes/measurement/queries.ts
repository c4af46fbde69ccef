import { queryOptions } from '@tanstack/react-query'
import type { AnalysisOut, RunSetList, RunSetView, TranscriptOut } from '../../../contract/shapes/measurement.ts'
import { getJson } from '../../api/request.ts'

const at = (docket: string, rest: string) => `/v1/dockets/${encodeURIComponent(docket)}${rest}`

export const runSetsQuery = (docket: string) =>
  queryOptions({
    queryKey: ['docket', docket, 'run-sets'],
    queryFn: ({ signal }) => getJson<RunSetList>(at(docket, '/run-sets'), signal),
    refetchInterval: 3_000,
  })

export const runSetQuery = (docket: string, run: string) =>
  queryOptions({
    queryKey: ['docket', docket, 'run-set', run],
    queryFn: ({ signal }) => getJson<RunSetView>(at(docket, `/run-sets/${encodeURIComponent(run)}`), signal),
    refetchInterval: (query) => (query.state.data?.state === 'running' ? 5_000 : false),
  })

export const transcriptQuery = (docket: string, run: string, n: string) =>
  queryOptions({
    queryKey: ['docket', docket, 'run-set', run, n],
    queryFn: ({ signal }) =>
      getJson<TranscriptOut>(at(docket, `/run-sets/${encodeURIComponent(run)}/attempts/${encodeURIComponent(n)}`), signal),
  })

export const analysisQuery = (docket: string) =>
  queryOptions({
    queryKey: ['docket', docket, 'analysis'],
    queryFn: ({ signal }) => getJson<AnalysisOut>(at(docket, '/analysis'), signal),
  })
