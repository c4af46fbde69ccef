import { Link } from '@tanstack/react-router'
import type { FlawRow } from '../../../contract/shapes/flaw.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { MiddleCut } from '../../parts/inert/middle-cut.tsx'
import { shortTitle } from '../../parts/inert/short-title.ts'
import { Title } from '../../parts/inert/title.tsx'
import { visibleText } from '../../parts/inert/visible-text.ts'
import { PriorityMark } from '../../parts/marks/priority-mark.tsx'
import { severityWords } from '../../parts/marks/severity.ts'
import { Ago } from '../../parts/time/ago.tsx'
import { count } from '../../parts/time/format.ts'
import { When } from '../../parts/time/when.tsx'
import type { Cursor } from './use-cursor.ts'

const PROOF = { 'not-run': 'Not run', confirmed: 'Confirmed', 'not-reproduced': 'Did not reproduce' } as const

/** One flaw: how urgent, what and where, what it needs, how many said so, when. */
export function QueueRow({ row, proof, wide, cursor }: { row: FlawRow; proof: boolean; wide: boolean; cursor: Cursor }) {
  const chosen = cursor.selected.has(row.id)
  return (
    <tr
      data-row={row.id}
      className={cursor.at === row.id ? 'cursor' : ''}
      aria-current={cursor.at === row.id ? 'true' : undefined}
      onClick={() => cursor.set(row.id)}
    >
      <td className="c0">
        <input
          type="checkbox"
          className="pick"
          checked={chosen}
          onChange={() => cursor.toggle(row.id)}
          aria-label={`Select ${visibleText(shortTitle(row.title), 120)}`}
        />
        <PriorityMark priority={row.priority} />
      </td>
      <td>
        <div className="b cut title">
          <Link className="quiet" to="/flaws/$id" params={{ id: row.id }}>
            <Title text={row.title} />
          </Link>
        </div>
        <div className="second">
          {row.target ? <MiddleCut text={row.target} /> : <span className="xs i3">target not stated</span>}
        </div>
      </td>
      <td>
        <div className="why">
          <Inert text={row.needSays} />
        </div>
      </td>
      {proof ? <td className={row.proof === 'not-run' ? 'i3' : ''}>{PROOF[row.proof]}</td> : null}
      {wide ? (
        <td className="c-weakness i2">
          {row.weakness ? <Inert text={row.weakness} /> : <span className="i3">not stated</span>}
        </td>
      ) : null}
      <td className="i2" data-label="Finder says">
        {row.severity ? <Inert text={severityWords(row.severity)} /> : <span className="i3">not stated</span>}
      </td>
      <td className="num c-findings" data-label="Findings">
        {count(row.findings)}
      </td>
      <td className="num" data-label="Finders">
        {count(row.finders)}
      </td>
      {wide ? (
        <td className="num c-first i2" data-label="First">
          <When at={row.firstAt} />
        </td>
      ) : null}
      <td className="num" data-label="Last finding">
        <Ago at={row.lastAt} />
      </td>
    </tr>
  )
}
