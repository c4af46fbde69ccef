import type { DutyOut } from '../../../contract/shapes/duty.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { When } from '../../parts/time/when.tsx'
import { MarkTag } from './mark-tag.tsx'
import { dayWords } from './words.ts'

type Evidence = NonNullable<DutyOut['report']>['evidence'][number]

/** What was said of a duty here, what is publicly known of it, and what nobody outside could find out. */
export function DutySaid({ duty: { report, dispute, answered, notes, known, unknown } }: { duty: DutyOut }) {
  return (
    <ul className="dots dutysaid">
      {report ? (
        <li>
          Reported as done on {dayWords(report.doneOn)}: <Pieces of={report.evidence} />
        </li>
      ) : null}
      {dispute ? (
        <li>
          Disputed: <Inert text={dispute.reason} /> <Pieces of={dispute.evidence} />
        </li>
      ) : null}
      {answered.map((one) => (
        <li key={one.at}>
          A dispute was answered on <When at={one.at} />: {one.stands ? 'the report stands' : 'the duty is open again'}.{' '}
          <Inert text={one.reason} />
        </li>
      ))}
      {known.map((one) => (
        <li key={`${one.on} ${one.what}`}>
          {dayWords(one.on)}: <Inert text={one.what} /> <MarkTag mark={one.mark} />
        </li>
      ))}
      {notes.map((one) => (
        <li key={`${one.at} ${one.text}`}>
          Noted on <When at={one.at} />: <Inert text={one.text} /> <MarkTag mark={one.mark} />
        </li>
      ))}
      {unknown.map((one) => (
        <li key={one} className="unknownline">
          <span className="i3">Unknown:</span> <Inert text={one} />
        </li>
      ))}
    </ul>
  )
}

// An address is shown to be copied; nothing that somebody typed becomes a link.
function Pieces({ of }: { of: readonly Evidence[] }) {
  return of.map((one, n) => (
    <span key={`${one.title} ${one.address}`}>
      {n > 0 ? '; ' : ''}
      <Inert text={one.title} />{' '}
      {one.address ? (
        <>
          <Inert text={one.address} className="mono xs break" breaks />{' '}
        </>
      ) : null}
      <MarkTag mark={one.mark} />
    </span>
  ))
}
