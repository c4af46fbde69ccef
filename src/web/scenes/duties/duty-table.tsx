import type { ReactNode } from 'react'
import type { DutyOut } from '../../../contract/shapes/duty.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { duration } from '../../parts/time/format.ts'
import { DutySaid } from './duty-said.tsx'
import { DutyMark } from './duty-shape.tsx'
import { MarkTag } from './mark-tag.tsx'
import { dayWords, lateWords, STATUS_WORDS, shortName } from './words.ts'

interface Props {
  readonly caption: string
  readonly rows: readonly DutyOut[]
  readonly now: number
  /** Below what was said of a duty: history, forms. */
  readonly more: (duty: DutyOut) => ReactNode
}

/** Duties by date: when, what and who, after which text, what was said, and what is unknown. */
export function DutyTable({ caption, rows, now, more }: Props) {
  return (
    <table className="blocks dutytable">
      <caption className="vh">{caption}</caption>
      <thead>
        <tr>
          <th scope="col" className="c-due">
            Due
          </th>
          <th scope="col" className="c-what">
            Who must do what
          </th>
          <th scope="col" className="c-source">
            Source
          </th>
          <th scope="col" className="c-said">
            Said of it
          </th>
          <th scope="col">Evidence, and what is unknown</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((duty) => (
          <Row key={duty.id} duty={duty} now={now} more={more} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ duty, now, more }: { duty: DutyOut; now: number; more: Props['more'] }) {
  const { due, instrument } = duty
  const late = lateWords(duty)
  const left = due.at === null ? null : Date.parse(due.at) - now
  return (
    <tr>
      <td>
        {due.on === null ? <b>Standing</b> : <b>{dayWords(due.on)}</b>}
        <span className="second xs i3">{due.counted}</span>
      </td>
      <td>
        <Inert text={duty.what} />
        <span className="second xs i3">
          <Inert text={duty.who} className="b" />
          {duty.with.length > 0 ? (
            <>
              , with <Inert text={duty.with.join(', ')} />
            </>
          ) : null}
        </span>
      </td>
      <td>
        <Inert text={duty.key === null ? `${shortName(instrument.name)}, ${duty.section}` : instrument.source} />
        {duty.key === null ? (
          <span className="second xs i3">
            <MarkTag mark={duty.mark} /> {duty.caveat ? <Inert text={duty.caveat} /> : null}
          </span>
        ) : (
          <span className="second xs i3">{duty.id}</span>
        )}
      </td>
      <td>
        <span className="mark">
          <DutyMark duty={duty} />
          {STATUS_WORDS[duty.status]}
        </span>
        {late ? <span className={`second ${duty.overdue ? 'alarm b' : 'i2'}`}>{late}</span> : null}
        {!late && left !== null && left > 0 && duty.status !== 'reported-done' ? (
          <span className="second i2">in {duration(left)}</span>
        ) : null}
      </td>
      <td>
        <DutySaid duty={duty} />
        {more(duty)}
      </td>
    </tr>
  )
}
