import { type QueryKey, useInfiniteQuery } from '@tanstack/react-query'

export interface ListPage<Row> {
  readonly rows: readonly Row[]
  readonly next?: string | null
}

/** A list that the server gives page by page, and the rows of all pages that came so far. */
export function usePaged<Row, Page extends ListPage<Row>>(
  queryKey: QueryKey,
  fetchPage: (cursor: string | null, signal: AbortSignal) => Promise<Page & ListPage<Row>>,
  refetchInterval?: number,
) {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => fetchPage(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next ?? null,
    ...(refetchInterval === undefined ? {} : { refetchInterval }),
  })
  const rows: readonly Row[] = query.data?.pages.flatMap((page) => page.rows) ?? []
  return { query, rows }
}
