import { queryOptions } from '@tanstack/react-query'
import type { InboxItem, InboxList } from '../../../contract/shapes/project.ts'
import { getJson } from '../../api/request.ts'

export const inboxQuery = queryOptions({
  queryKey: ['inbox'],
  queryFn: ({ signal }) => getJson<InboxList>('/v1/inbox', signal),
  refetchInterval: 60_000,
})

/** Where a reproducer or a patch of an item is fetched, as a file. */
export const evidencePath = (item: InboxItem, kind: 'reproducers' | 'patches', id: string): string =>
  `/v1/cases/${encodeURIComponent(item.case)}/${kind}/${encodeURIComponent(id)}`
