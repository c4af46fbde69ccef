import { useState } from 'react'
import { Empty } from '../../parts/notice/empty.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { MoreRows } from '../../parts/paged/more-rows.tsx'
import { usePaged } from '../../parts/paged/use-paged.ts'
import { NotShown } from '../nowhere/not-shown.tsx'
import { Certify } from './certify.tsx'
import { ClaimTable } from './claim-table.tsx'
import { MakeClaimForm } from './make-claim.tsx'
import { fetchClaims } from './queries.ts'

/** Claims of one's organisation with whom they overlap; a new one is made here. */
export function OwnClaims() {
  const [making, setMaking] = useState(false)
  const [certifying, setCertifying] = useState(false)
  const { query, rows } = usePaged(['claims'], fetchClaims)
  if (query.error && !query.data) return <NotShown error={query.error} not="The claims are not shown." />
  return (
    <section className="stack" aria-label="Own claims">
      <p>
        <button type="button" className="btn" aria-expanded={making} onClick={() => setMaking(!making)}>
          Claim a target
        </button>{' '}
        <button type="button" className="btn" aria-expanded={certifying} onClick={() => setCertifying(!certifying)}>
          Certify a look
        </button>
      </p>
      {certifying ? <Certify /> : null}
      {making ? <MakeClaimForm done={() => setMaking(false)} /> : null}
      {query.isPending ? (
        <Waiting rows={4} what="claims" />
      ) : rows.length === 0 ? (
        <Empty fact="Your organisation has claimed nothing." />
      ) : (
        <ClaimTable rows={rows} />
      )}
      <MoreRows of={query} say="Show the next 200" />
    </section>
  )
}
