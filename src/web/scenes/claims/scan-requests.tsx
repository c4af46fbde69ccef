import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { ClaimOut, ScanRequestOut } from '../../../contract/shapes/scan.ts'
import { meQuery } from '../../api/queries.ts'
import { sendJson } from '../../api/request.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { MiddleCut } from '../../parts/inert/middle-cut.tsx'
import { Empty } from '../../parts/notice/empty.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { day } from '../../parts/time/format.ts'
import { NotShown } from '../nowhere/not-shown.tsx'
import { AskLook } from './ask-look.tsx'
import { scanRequestsQuery } from './queries.ts'
import { narrowed, saysWords } from './words.ts'

/** Critical targets that want a look, ranked by a stated rule; taking one makes a claim. */
export function ScanRequests() {
  const query = useQuery(scanRequestsQuery)
  const { data: me } = useQuery(meQuery)
  if (query.error && !query.data) return <NotShown error={query.error} not="The requests are not shown." />
  if (!query.data) return <Waiting rows={6} what="requests" />
  const ask = me?.roles.some((role) => role === 'coordinator') ? <AskLook /> : null
  if (query.data.rows.length === 0)
    return (
      <>
        {ask}
        <Empty fact="Nobody asks for a look at anything now." />
      </>
    )
  return (
    <section className="stack tight" aria-label="Asked for">
      {ask}
      <p className="s i2">
        <b>The order.</b> <Inert text={query.data.rule} />
      </p>
      <table className="blocks requests">
        <caption className="vh">Targets that want a look</caption>
        <thead>
          <tr>
            <th scope="col" className="num c-score">
              Score
            </th>
            <th scope="col">Target</th>
            <th scope="col">Why it matters</th>
            <th scope="col" className="c-look">
              Last look
            </th>
            <th scope="col" className="c-take">
              <span className="vh">Take</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {query.data.rows.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Row({ row }: { row: ScanRequestOut }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [key] = useState(() => crypto.randomUUID())
  const take = useMutation({
    mutationFn: () => sendJson<ClaimOut>('POST', `/v1/scan-requests/${encodeURIComponent(row.id)}/take`, { days: 14, key }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['claims'] })
      await client.invalidateQueries({ queryKey: ['scan-requests'] })
      await navigate({ to: '/claims' })
    },
  })
  const asksConsent = row.conditions.some(({ kind }) => kind !== 'only-at-times')
  return (
    <tr>
      <td className="num b" data-label="Score">
        {row.score === null ? <span className="i3">none</span> : row.score.toFixed(0)}
      </td>
      <td>
        <MiddleCut text={row.target} />
        <div className="xs i3">
          <Inert text={narrowed(row)} />
        </div>
        {row.conditions.map((says) => (
          <div key={JSON.stringify(says)} className="xs soon">
            {saysWords(says)}
          </div>
        ))}
      </td>
      <td className="i2">
        Criticality {row.criticality} of 100, <Inert text={row.source} breaks />
      </td>
      <td data-label="Last look">
        {row.lastLook ? day(Date.parse(row.lastLook)) : <span className="unsaid i3">none known</span>}
      </td>
      <td>
        {row.taken ? (
          <span className="i3">Taken</span>
        ) : (
          <button
            type="button"
            className="btn small"
            disabled={take.isPending || row.score === null || asksConsent}
            title={asksConsent ? 'Claim it under "Own claims" and name who consented' : undefined}
            aria-label={`Take it for 14 days: ${row.target.slice(0, 80)}`}
            onClick={() => take.mutate()}
          >
            Take it
          </button>
        )}
        {take.error ? <FailureNote error={take.error} not="Not taken." /> : null}
      </td>
    </tr>
  )
}
