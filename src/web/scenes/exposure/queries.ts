import { queryOptions } from '@tanstack/react-query'
import type {
  ActionList,
  ExposureWhy,
  InventoryList,
  InventoryWhole,
  RecordSources,
  RuleOut,
  UptakeOut,
} from '../../../contract/shapes/exposure.ts'
import type { OwnVexList } from '../../../contract/shapes/own-vex.ts'
import type { KnownFlawOut } from '../../../contract/shapes/records.ts'
import { getJson, queryString } from '../../api/request.ts'

/** One page of what is updated already. */
export function fetchUpdated(cursor: string | null, signal?: AbortSignal): Promise<ActionList> {
  return getJson<ActionList>(`/v1/actions${queryString({ standing: 'remediated', cursor, limit: 50 })}`, signal)
}

/** One page of what is held not affected. */
export function fetchSpared(cursor: string | null, signal?: AbortSignal): Promise<ActionList> {
  return getJson<ActionList>(`/v1/actions${queryString({ standing: 'not-affected', cursor, limit: 50 })}`, signal)
}

/** One page of what is to be done, due first; whoever goes on after the first gets more at once. */
export function fetchActions(cursor: string | null, signal?: AbortSignal): Promise<ActionList> {
  return getJson<ActionList>(`/v1/actions${queryString({ cursor, limit: cursor === null ? 200 : 500 })}`, signal)
}

/** What the list would say of itself if it were read now. */
export async function fetchActionState(signal: AbortSignal): Promise<string> {
  return (await getJson<ActionList>(`/v1/actions${queryString({ limit: 1 })}`, signal)).state
}

export const actionPath = (id: string): string => `/v1/actions/${encodeURIComponent(id)}`
export const inventoryPath = (id: string, rest = ''): string => `/v1/inventories/${encodeURIComponent(id)}${rest}`

/** One page of one's own inventories. */
export function fetchInventories(cursor: string | null, signal?: AbortSignal): Promise<InventoryList> {
  return getJson<InventoryList>(`/v1/inventories${queryString({ cursor, limit: 200 })}`, signal)
}

export const inventoryQuery = (id: string) =>
  queryOptions({
    queryKey: ['inventory', id],
    queryFn: ({ signal }) => getJson<InventoryWhole>(inventoryPath(id), signal),
  })

export const ruleQuery = queryOptions({
  queryKey: ['exposure', 'rule'],
  queryFn: ({ signal }) => getJson<RuleOut>('/v1/exposure/rule', signal),
})

export const ownVexQuery = queryOptions({
  queryKey: ['exposure', 'vex'],
  queryFn: ({ signal }) => getJson<OwnVexList>('/v1/exposure/vex', signal),
})

export const uptakeQuery = queryOptions({
  queryKey: ['exposure', 'uptake'],
  queryFn: ({ signal }) => getJson<UptakeOut>('/v1/exposure/uptake', signal),
})

export const recordsQuery = queryOptions({
  queryKey: ['records'],
  queryFn: ({ signal }) => getJson<RecordSources>('/v1/records', signal),
})

export const knownFlawQuery = (id: string) =>
  queryOptions({
    queryKey: ['known-flaw', id],
    queryFn: ({ signal }) => getJson<KnownFlawOut>(`/v1/known-flaws/${encodeURIComponent(id)}`, signal),
  })

/** Why a flaw is in a component, or is not; a refusal is an answer. */
export const whyQuery = (component: string, flaw: string) =>
  queryOptions({
    queryKey: ['exposure', 'why', component, flaw],
    queryFn: ({ signal }) => getJson<ExposureWhy>(`/v1/exposure/why${queryString({ component, flaw })}`, signal),
  })
