import type { CaseView } from '../../../contract/shapes/case.ts'
import { CaseTimeline } from './case-timeline.tsx'
import { LettersAside } from './letters-aside.tsx'
import { MoreFlaws } from './more-flaws.tsx'
import { OwnWork } from './own-work.tsx'
import { Parties } from './parties.tsx'

/** The case room: what happened at the left, who stands where in the middle, what may be sent at the right. */
export function RoomPart({ of }: { of: CaseView }) {
  return (
    <div className={`caseroom ${of.coordinator.you ? '' : 'theirs'}`}>
      <div className="roommid stack wide">
        <MoreFlaws of={of} />
        <OwnWork of={of} />
        <Parties of={of} />
      </div>
      {of.coordinator.you ? <LettersAside of={of} /> : null}
      <CaseTimeline id={of.row.id} />
    </div>
  )
}
