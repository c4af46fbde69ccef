import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ActClaim, ClaimOut } from '../../../contract/shapes/scan.ts'
import { sendJson } from '../../api/request.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { MiddleCut } from '../../parts/inert/middle-cut.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { duration, fullInstant } from '../../parts/time/format.ts'
import { useServerNow } from '../../parts/time/server-clock.ts'
import { When } from '../../parts/time/when.tsx'
import { Overlaps } from './overlaps.tsx'
import { narrowed, saysWords } from './words.ts'

const SOON = 24 * 3_600_000

/** Claims, those in force first, each with its end, its overlaps and what can be done. */
export function ClaimTable({ rows }: { rows: readonly ClaimOut[] }) {
  const client = useQueryClient()
  const { now, fresh } = useServerNow(30_000)
  const act = useMutation({
    mutationFn: ({ id, ...what }: ActClaim & { id: string }) =>
      sendJson('POST', `/v1/claims/${encodeURIComponent(id)}/acts`, what),
    onSettled: () => client.invalidateQueries({ queryKey: ['claims'] }),
  })
  const sorted = [...rows].sort((a, b) => Number(a.state !== 'active') - Number(b.state !== 'active'))
  return (
    <>
      <table className="blocks claims">
        <caption className="vh">Claims of your organisation</caption>
        <thead>
          <tr>
            <th scope="col">Target</th>
            <th scope="col">Overlaps</th>
            <th scope="col" className="c-ends">
              Ends
            </th>
            <th scope="col" className="c-claimacts">
              <span className="vh">Acts</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => (
            <tr key={row.id} className={row.state === 'active' ? '' : 'i3'}>
              <td>
                <MiddleCut text={row.target} />
                <div className="xs i3">
                  <Inert text={narrowed(row)} />
                  {row.request ? ' · taken from a request' : ''}
                </div>
                {row.conditions.map((says) => (
                  <div key={JSON.stringify(says)} className="xs soon">
                    {saysWords(says)}
                  </div>
                ))}
              </td>
              <td data-label="Overlaps">
                <Overlaps of={row} />
              </td>
              <td>
                {row.state === 'active' ? (
                  <Left at={Date.parse(row.endsAt)} now={fresh ? now : null} />
                ) : (
                  <>
                    {row.state === 'released' ? 'Released' : 'Lapsed'} <When at={row.endedAt ?? row.endsAt} />
                  </>
                )}
              </td>
              <td>
                {row.state === 'active' ? (
                  <div className="row wrap">
                    <button
                      type="button"
                      className="btn small"
                      disabled={act.isPending || row.renewalsLeft === 0}
                      aria-label={`Renew for 7 days: ${row.target.slice(0, 80)}`}
                      onClick={() => act.mutate({ id: row.id, do: 'renew', days: 7 })}
                    >
                      Renew
                    </button>
                    <button
                      type="button"
                      className="btn small plain"
                      disabled={act.isPending}
                      aria-label={`Release: ${row.target.slice(0, 80)}`}
                      onClick={() => act.mutate({ id: row.id, do: 'release' })}
                    >
                      Release
                    </button>
                    <span className="xs i3">{row.renewalsLeft === 0 ? 'no renewal left' : `${row.renewalsLeft} left`}</span>
                  </div>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {act.error ? <FailureNote error={act.error} not="Not done." safe="The claim is as it was." /> : null}
    </>
  )
}

function Left({ at, now }: { at: number; now: number | null }) {
  const left = now === null ? null : at - now
  return (
    <>
      {left !== null && left > 0 ? <div className={left < SOON ? 'soon b' : 'b'}>{duration(left)}</div> : null}
      <span className="xs i3">{fullInstant(at)}</span>
    </>
  )
}
