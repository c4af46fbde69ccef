import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Empty } from '../../parts/notice/empty.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { isHidden } from '../nowhere/is-hidden.ts'
import { Nowhere } from '../nowhere/nowhere.tsx'
import { ClaimTable } from './claim-table.tsx'
import { MakeClaimForm } from './make-claim.tsx'
import { fetchClaims } from './queries.ts'

/** Claims of one's organisation with whom they overlap; a new one is made here. */
export function OwnClaims() {
  const [making, setMaking] = useState(false)
  const query = useInfiniteQuery({
    queryKey: ['claims'],
    queryFn: ({ pageParam, signal }) => fetchClaims(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  })
  if (query.error && !query.data)
    return isHidden(query.error) ? <Nowhere /> : <FailureNote error={query.error} not="The claims are not shown." />
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? []
  return (
    <section className="stack" aria-label="Own claims">
      <p>
        <button type="button" className="btn" aria-expanded={making} onClick={() => setMaking(!making)}>
          Claim a target
        </button>
      </p>
      {making ? <MakeClaimForm done={() => setMaking(false)} /> : null}
      {query.isPending ? (
        <Waiting rows={4} what="claims" />
      ) : rows.length === 0 ? (
        <Empty fact="Your organisation has claimed nothing." />
      ) : (
        <ClaimTable rows={rows} />
      )}
      {query.hasNextPage ? (
        <p>
          <button type="button" className="btn" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show the next 200
          </button>
        </p>
      ) : null}
    </section>
  )
}
