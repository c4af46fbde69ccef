import { useQuery } from '@tanstack/react-query'
import type { LogRow } from '../../../contract/shapes/docket.ts'
import { SEATS } from '../../../core/docket/seat.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { count } from '../../parts/time/format.ts'
import { When } from '../../parts/time/when.tsx'
import { fetchDocketLog } from './queries.ts'
import { SEAT } from './words.ts'

/** The newest lines of the access log. */
export function LogTable({ id, limit }: { id: string; limit: number }) {
  const { data, error } = useQuery({
    queryKey: ['docket', id, 'log', limit],
    queryFn: ({ signal }) => fetchDocketLog(id, null, limit, signal),
    refetchInterval: 15_000,
  })
  if (error && !data) return <FailureNote error={error} not="The log is not shown." />
  if (!data) return <Waiting rows={limit} what="the log" />
  return <LogRows rows={data.rows} />
}

export function LogRows({ rows }: { rows: readonly LogRow[] }) {
  if (rows.length === 0) return <p className="s i2">Nobody has read anything yet.</p>
  return (
    <table className="blocks logged">
      <caption className="vh">Who saw and did what, newest first</caption>
      <thead>
        <tr>
          <th scope="col">When, UTC</th>
          <th scope="col">Who</th>
          <th scope="col">Part</th>
          <th scope="col">What</th>
          <th scope="col" className="num">
            Calls, tokens
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.entry}>
            <td className="nowrap">
              <When at={row.at} />
            </td>
            <td>
              <b>
                <Inert text={row.who} />
              </b>{' '}
              <span className="i3">{sayWho(row)}</span>
            </td>
            <td>
              <span className="letter">{row.compartment}</span>
            </td>
            <td>
              <Inert text={row.say} />
            </td>
            <td className="num" data-label="Calls, tokens">
              {row.calls === 0 ? '0' : `${count(row.calls)}, ${count(row.tokens)}`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The seat by which it was done, and whether it was refused; a seat that this page does not know by its code. */
function sayWho({ seat, refused }: LogRow): string {
  const name = SEATS.find((one) => one === seat)
  const words = [name === undefined ? (seat ?? '') : SEAT[name].toLowerCase(), refused ? 'refused' : '']
  return words.filter((one) => one !== '').join(', ')
}
