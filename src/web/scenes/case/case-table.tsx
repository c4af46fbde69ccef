import { Link, useNavigate } from '@tanstack/react-router'
import { Fragment } from 'react'
import type { CaseRow } from '../../../contract/shapes/case.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { MiddleCut } from '../../parts/inert/middle-cut.tsx'
import { Title } from '../../parts/inert/title.tsx'
import { useRowCursor } from '../../parts/keys/use-row-cursor.ts'
import { Icon } from '../../parts/marks/icon.tsx'
import { PriorityMark } from '../../parts/marks/priority-mark.tsx'
import { GroupRow } from '../../parts/table/group-row.tsx'
import { count, duration, fullInstant } from '../../parts/time/format.ts'
import { EMBARGO, MOVE } from './words.ts'

const MOVES = ['yours', 'coordinator', 'maintainer', 'nobody'] as const
const SOON = 72 * 3_600_000

/** Cases grouped by whose move it is; the cursor follows its case. */
export function CaseTable({ rows, now }: { rows: readonly CaseRow[]; now: number }) {
  const navigate = useNavigate()
  const groups = [
    ...MOVES.map((move) => ({
      name: MOVE[move],
      rows: rows.filter((row) => row.state === 'open' && row.whoseMove === move),
    })),
    { name: 'Closed', rows: rows.filter((row) => row.state === 'closed') },
  ].filter((group) => group.rows.length > 0)
  const { at } = useRowCursor(
    groups.flatMap((group) => group.rows),
    ({ id }) => void navigate({ to: '/cases/$id', params: { id } }),
  )
  return (
    <table className="blocks casetable">
      <caption className="vh">Cases, by whose move it is</caption>
      <thead>
        <tr>
          <th scope="col" className="c0">
            Case
          </th>
          <th scope="col" className="w-priority">
            Priority
          </th>
          <th scope="col">Next</th>
          <th scope="col" className="w-parties">
            Parties
          </th>
          <th scope="col" className="w-ends">
            Embargo ends
          </th>
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => (
          <Fragment key={group.name}>
            <GroupRow name={group.name} columns={5}>
              {count(group.rows.length)}
            </GroupRow>
            {group.rows.map((row) => (
              <OneCase key={row.id} row={row} now={now} here={row.id === at} />
            ))}
          </Fragment>
        ))}
      </tbody>
    </table>
  )
}

function OneCase({ row, now, here }: { row: CaseRow; now: number; here: boolean }) {
  return (
    <tr className={here ? 'cursor' : ''} data-row={row.id}>
      <td className="c0">
        <Link to="/cases/$id" params={{ id: row.id }} className="b">
          {row.title !== null ? (
            <Title text={row.title} />
          ) : row.reads === 'invitation' ? (
            'An invitation'
          ) : (
            <span className="mono">{row.id}</span>
          )}
        </Link>
        <span className="second">
          {row.target ? (
            <MiddleCut text={row.target} />
          ) : (
            <span className="xs i3">
              {row.reads === 'invitation' ? 'Content is shown once you accept' : 'target not stated'}
            </span>
          )}
        </span>
      </td>
      <td>
        <PriorityMark priority={row.priority} />
      </td>
      <td>
        <Inert text={row.next} />
      </td>
      <td data-label="Parties">
        {count(row.parties)}
        {row.flaws > 1 ? <span className="i3">, {count(row.flaws)} flaws</span> : null}
        {row.unsaid > 0 ? (
          <span className="second xs i3">
            <span className="dashedcount">{count(row.unsaid)} without a status</span>
          </span>
        ) : null}
      </td>
      <td>
        <Ends row={row} now={now} />
      </td>
    </tr>
  )
}

function Ends({ row, now }: { row: CaseRow; now: number }) {
  if (row.embargo === 'none' || row.embargo === 'exited') return <span className="i3">{EMBARGO[row.embargo]}</span>
  if (row.endsAt === null) return <span className="emb">Open-ended</span>
  const at = Date.parse(row.endsAt)
  const left = at - now
  return (
    <>
      <span className={`mark ${left < SOON && left > 0 ? 'soon b' : ''}`}>
        <span className="emb">
          <Icon name="lock" />
        </span>
        {row.embargo === 'proposed' ? 'proposed, ' : ''}
        {Number.isNaN(left) ? '' : left > 0 ? duration(left) : 'now'}
      </span>
      <time className="second xs i3" dateTime={row.endsAt}>
        {fullInstant(at)}
      </time>
    </>
  )
}
