import type { CaseView } from '../../../contract/shapes/case.ts'
import { CloseCase } from './close-case.tsx'
import { EndEmbargo } from './end-embargo.tsx'
import { InviteForm } from './invite-form.tsx'
import { KinForms } from './kin-forms.tsx'
import { LeakAdvice } from './leak-advice.tsx'
import { LegalDutyForm } from './legal-duty-form.tsx'
import { RemoveForm } from './remove-form.tsx'
import { may } from './words.ts'

/** Acts that are done rarely and change much: each is a form of its own that says first what follows. */
export function ActsPart({ of }: { of: CaseView }) {
  const any = ['invite', 'legal-duty', 'end-embargo', 'add-flaw', 'merge', 'split', 'close'].some((act) => may(of, act))
  return (
    <div className="stack wide caseacts">
      {any ? null : <p>There is nothing here that you may do to this case now.</p>}
      {may(of, 'invite') ? <InviteForm of={of} /> : null}
      {may(of, 'remove') ? <RemoveForm of={of} /> : null}
      {may(of, 'legal-duty') ? <LegalDutyForm of={of} /> : null}
      <KinForms of={of} />
      {may(of, 'end-embargo') ? <EndEmbargo of={of} /> : null}
      {of.coordinator.you && of.row.state === 'open' ? <LeakAdvice /> : null}
      {may(of, 'close') ? <CloseCase of={of} /> : null}
    </div>
  )
}
