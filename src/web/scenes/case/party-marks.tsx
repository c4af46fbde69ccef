import type { PartyOut } from '../../../contract/shapes/case.ts'
import { Icon } from '../../parts/marks/icon.tsx'
import { CONSENT, REPORT, STATUS, STEP } from './words.ts'

type Work = PartyOut['works'][number]

/** The report at that party: the standard's letter and its word; dashed until its content is shown to it. */
export function ReportMark({ party }: { party: PartyOut }) {
  const shown = party.reads === 'content' || party.report !== 'start'
  const [letter, word] = shown
    ? party.report === 'start'
      ? (['–', 'Not answered'] as const)
      : REPORT[party.report]
    : REPORT.start
  const look = !shown || party.report === 'start' ? 'none' : party.report === 'accepted' ? 'on' : ''
  return (
    <span className={`mark ${look === 'none' ? 'i3' : ''}`}>
      <span className={`letter ${look}`} aria-hidden="true">
        {letter}
      </span>
      {word}
    </span>
  )
}

/** Whether the party agreed to the embargo. */
export function ConsentMark({ party }: { party: PartyOut }) {
  if (party.leftAt !== null)
    return (
      <span className="mark i3">
        <Icon name="dash" />
        Left
      </span>
    )
  const [icon, word] = CONSENT[party.consent]
  return (
    <span className={`mark ${party.consent === 'signatory' ? '' : 'i3'}`}>
      <Icon name={icon} />
      {word}
    </span>
  )
}

/** Three cells: aware, fix ready, deployed; dashed where nothing is known. */
export function StepMark({ work, known }: { work: Work | null; known: boolean }) {
  const [filled, word] = work && known ? STEP[work.step] : ([0, 'Not known'] as const)
  return (
    <span className="mark">
      <span className="vfd" aria-hidden="true">
        {[0, 1, 2].map((cell) => (
          <i key={cell} className={work && known ? (cell < filled ? 'on' : '') : 'q'} />
        ))}
      </span>
      <span className={work && known ? '' : 'i3'}>{word}</span>
    </span>
  )
}

/** What the party says of itself, approved; who is silent has not said. */
export function StatusWord({ work }: { work: Work | null }) {
  if (!work?.status) return <span className="i3">Not said</span>
  return <>{STATUS[work.status.status]}</>
}
