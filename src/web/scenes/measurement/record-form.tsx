import { useState } from 'react'
import type { DocketView } from '../../../contract/shapes/docket.ts'
import type { AnalysisOut } from '../../../contract/shapes/measurement.ts'
import { Field } from '../../parts/form/field.tsx'
import { RadioChoice } from '../../parts/form/radio-choice.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { useAct } from '../docket/use-act.ts'
import { RECORDED } from '../docket/words.ts'

const AS_COMPUTED: Readonly<Record<AnalysisOut['computed'], keyof typeof RECORDED>> = {
  met: 'covered',
  'not-met': 'not-covered',
  undetermined: 'undetermined',
  'not-assessable': 'not-assessed',
}

/** The office's record. Nothing is chosen beforehand; departing from what was computed asks for a reason. */
export function RecordForm({ docket, computed }: { docket: DocketView; computed: AnalysisOut['computed'] | null }) {
  const [recorded, setRecorded] = useState<keyof typeof RECORDED | null>(null)
  const [reason, setReason] = useState('')
  const act = useAct(docket)
  const departs = computed !== null && recorded !== null && AS_COMPUTED[computed] !== recorded
  return (
    <form
      className="stack tight measure"
      onSubmit={(event) => {
        event.preventDefault()
        if (recorded) act.mutate({ do: 'record', recorded, reason: reason.trim() || null })
      }}
    >
      <h2>Record the determination</h2>
      <RadioChoice
        legend="The office records"
        name="recorded"
        value={recorded}
        options={(['covered', 'not-covered', 'undetermined', 'not-assessed'] as const).map(
          (one) => [one, RECORDED[one]] as const,
        )}
        onChange={setRecorded}
      />
      <Field
        label="Reason"
        hint={
          departs
            ? 'You depart from the computed outcome: say why. Sealed in R.'
            : 'Sealed in R; needed only where you depart from what was computed.'
        }
      >
        {(ids) => (
          <textarea
            {...ids}
            rows={4}
            maxLength={20_000}
            required={departs}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      {act.error ? <FailureNote error={act.error} not="Not recorded." safe="Your text is still here." /> : null}
      <p className="row wrap">
        <button
          type="submit"
          className="btn"
          disabled={act.isPending || recorded === null || (departs && reason.trim() === '')}
        >
          Record it
        </button>
        <span className="s i2">Both sides see it at once, and the ledger keeps its digest. It cannot be taken back.</span>
      </p>
    </form>
  )
}
