import { Link, useNavigate } from '@tanstack/react-router'
import type { FindingRow } from '../../../contract/shapes/report.ts'
import { useFilter } from '../../parts/form/filter.tsx'
import { Inert } from '../../parts/inert/inert.tsx'
import { MiddleCut } from '../../parts/inert/middle-cut.tsx'
import { Title } from '../../parts/inert/title.tsx'
import { useRowCursor } from '../../parts/keys/use-row-cursor.ts'
import { When } from '../../parts/time/when.tsx'
import { STATE_WORD } from '../status/state-words.ts'

/** Own findings; those of one flaw, as far as their sender may know, stand together. What needs the finder comes first. */
export function FindingsTable({ rows }: { rows: readonly FindingRow[] }) {
  const filter = useFilter()
  const navigate = useNavigate()
  const shown = together(rows).filter((row) => filter.fits(`${row.title} ${row.target ?? ''} ${row.receipt} ${row.say}`))
  const alike = Map.groupBy(shown, (row) => row.group)
  const { at } = useRowCursor(shown, ({ receipt }) => void navigate({ to: '/status/$receipt', params: { receipt } }))
  return (
    <div className="stack tight">
      {filter.field}
      <table className="blocks fnd">
        <caption className="vh">What your organisation sent</caption>
        <thead>
          <tr>
            <th scope="col" className="c-state">
              State
            </th>
            <th scope="col">Finding and package</th>
            <th scope="col">What it means</th>
            <th scope="col" className="c-receipt">
              Receipt
            </th>
            <th scope="col" className="num c-last">
              Received
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => {
            const others = (alike.get(row.group)?.length ?? 1) - 1
            return (
              <tr key={row.id} className={row.id === at ? 'cursor' : ''} data-row={row.id}>
                <td className={row.state === 'needs-info' ? 'soon b c0' : 'c0'}>{STATE_WORD[row.state]}</td>
                <td>
                  <div className="b cut">
                    <Link className="quiet" to="/status/$receipt" params={{ receipt: row.receipt }}>
                      <Title text={row.title} />
                    </Link>
                  </div>
                  {row.target ? <MiddleCut text={row.target} /> : <span className="xs i3">target not stated</span>}
                </td>
                <td className="i2">
                  <Inert text={row.say} />
                  {row.waits ? <WaitsFor waits={row.waits} /> : null}
                  {others > 0 ? <div className="xs i3">One flaw with {others} more of yours.</div> : null}
                </td>
                <td className="mono cut">{row.receipt}</td>
                <td className="num i2">
                  <When at={row.receivedAt} />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {shown.length === 0 ? <p className="i2">Nothing fits the filter.</p> : null}
    </div>
  )
}

/** Where it stands in the maintainer's line, and when it is expected to go; the clock of the finder is told in its case. */
function WaitsFor({ waits }: { waits: NonNullable<FindingRow['waits']> }) {
  return (
    <div className="xs">
      Waits for the maintainer: place <b>{waits.position}</b>
      {waits.expectedAt ? (
        <>
          , expected <When at={waits.expectedAt} />
        </>
      ) : (
        ', no day is known'
      )}
    </div>
  )
}

/** What needs the finder first, else as it came, members of a group after their first. */
function together(rows: readonly FindingRow[]): FindingRow[] {
  const groups = [...Map.groupBy(rows, (row) => row.group).values()]
  const asks = (group: readonly FindingRow[]) => (group.some((row) => row.state === 'needs-info') ? 0 : 1)
  return groups.sort((a, b) => asks(a) - asks(b)).flat()
}
