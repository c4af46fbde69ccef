import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { forgetNews } from '../../api/live.ts'
import { fetchFlaws } from '../../api/queries.ts'
import type { QueueSearch } from './queue-search.ts'

/** The queue as the address asks for it, page by page. Rows never change by themselves: news waits until it is asked for. */
export function useQueue(search: QueueSearch) {
  const { tab = 'needs-me', sort = 'priority', order = 'desc', q, priority, need } = search
  const asked = { tab, sort, order, q, priority, need }
  const query = useInfiniteQuery({
    queryKey: ['flaws', asked],
    queryFn: ({ pageParam, signal }) => fetchFlaws(asked, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    staleTime: 5_000,
  })
  const { dataUpdatedAt } = query
  useEffect(() => {
    if (dataUpdatedAt > 0) forgetNews()
  }, [dataUpdatedAt])
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? []
  return { query, rows, tabs: query.data?.pages[0]?.tabs ?? null }
}
