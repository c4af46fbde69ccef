import type { PartyOut } from '../../../contract/shapes/case.ts'
import { count, day, fullInstant } from '../../parts/time/format.ts'
import { silenceOf } from './standing.ts'

/** All who have said nothing, as one dashed row with their number and the next step; their last word is never an age. */
export function SilentRow({ silent, now, onShow }: { silent: readonly PartyOut[]; now: number; onShow: () => void }) {
  const { first, last, lapsed, unread, dueNext, count: number } = silenceOf(silent, now)
  const says = [
    first === null || last === null
      ? null
      : day(first) === day(last)
        ? `invited ${day(first)}`
        : `invited ${day(first)} to ${day(last)}`,
    lapsed > 0 ? `${count(lapsed)} lapsed` : null,
    unread === number ? 'none has read the content' : `${count(unread)} have not read the content`,
    dueNext === null ? 'no answer is due' : `next answer due ${fullInstant(dueNext)}`,
  ]
  return (
    <tr className="silentrow">
      <th scope="row" colSpan={5}>
        <span className="mark">
          <svg className="ic" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <circle cx="8" cy="8" r="5.4" strokeDasharray="2 2.25" />
          </svg>
          <b>{count(number)} silent</b>
        </span>{' '}
        <span className="i2 regular">{says.filter((one) => one !== null).join(', ')}.</span>{' '}
        <button type="button" className="btn small plain" onClick={onShow}>
          Show them
        </button>
      </th>
      <td className="num i3" data-label="Last word">
        never
      </td>
    </tr>
  )
}
