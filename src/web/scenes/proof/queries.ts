import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type {
  FlawProof,
  StartValidation,
  ValidationList,
  ValidationPage,
  ValidationRow,
} from '../../../contract/shapes/validation.ts'
import { getJson, queryString, sendJson } from '../../api/request.ts'

const AT_WORK = ['waiting', 'running']
const isAtWork = (row: ValidationRow) => AT_WORK.includes(row.state)

/** Proof of a flaw; asked again every two seconds while something of it waits or runs. */
export const flawProofQuery = (flaw: string) =>
  queryOptions({
    queryKey: ['proof', flaw],
    queryFn: ({ signal }) => getJson<FlawProof>(`/v1/flaws/${encodeURIComponent(flaw)}/proof`, signal),
    refetchInterval: (query) => (query.state.data?.validations.some(isAtWork) ? 2_000 : false),
  })

export const validationQuery = (id: string) =>
  queryOptions({
    queryKey: ['validation', id],
    queryFn: ({ signal }) => getJson<ValidationPage>(`/v1/validations/${encodeURIComponent(id)}`, signal),
    refetchInterval: (query) => (query.state.data && isAtWork(query.state.data.row) ? 2_000 : false),
  })

/** One page of the validations the caller may see, newest first. */
export function fetchValidations(cursor: string | null, signal?: AbortSignal): Promise<ValidationList> {
  return getJson<ValidationList>(`/v1/validations${queryString({ cursor, limit: 100 })}`, signal)
}

/** Asks for runs on a flaw, or on one finding of the asker's own. */
export function useStartValidation(of: { readonly flaw: string } | { readonly finding: string }) {
  const client = useQueryClient()
  const path = 'flaw' in of ? `/v1/flaws/${encodeURIComponent(of.flaw)}` : `/v1/findings/${encodeURIComponent(of.finding)}`
  return useMutation({
    mutationFn: (command: Pick<StartValidation, 'target' | 'tasks'>) =>
      sendJson<unknown>('POST', `${path}/validations`, command),
    onSuccess: () =>
      Promise.all([client.invalidateQueries({ queryKey: ['proof'] }), client.invalidateQueries({ queryKey: ['validations'] })]),
  })
}

/** Stops one that waits or runs. What it has told so far is kept. */
export function useStopValidation() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => sendJson<unknown>('POST', `/v1/validations/${encodeURIComponent(id)}/stop`, {}),
    onSuccess: () =>
      Promise.all(['proof', 'validation', 'validations'].map((key) => client.invalidateQueries({ queryKey: [key] }))),
  })
}
