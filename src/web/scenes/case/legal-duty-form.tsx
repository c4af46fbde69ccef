import { useState } from 'react'
import type { CaseView } from '../../../contract/shapes/case.ts'
import { LEGAL_RULES } from '../../../core/cases/embargo-policy/legal-duty.ts'
import { Field } from '../../parts/form/field.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { ZonedInstant } from '../../parts/time/zoned-instant.tsx'
import { useCaseAct } from './use-case-act.ts'

const DUTIES = LEGAL_RULES.flatMap((rule) =>
  rule.clocks.map((clock) => ({
    id: `${rule.regime}/${clock.id}`,
    says: `${rule.name}: ${clock.what}, ${clock.hours} h after ${clock.from === 'aware' ? 'becoming aware' : 'the fix is there'}`,
    source: rule.source,
    tells: rule.tells,
  })),
)

/** A duty to tell an authority by an instant, embargo or not; it is entered, told to the parties, and publishes nothing. */
export function LegalDutyForm({ of }: { of: CaseView }) {
  const [duty, setDuty] = useState('')
  const [at, setAt] = useState<string | null>(null)
  const act = useCaseAct(of, () => setDuty(''))
  const party = of.you[0]
  const chosen = DUTIES.find(({ id }) => id === duty)
  if (party === undefined) return null
  return (
    <form
      className="stack measure"
      onSubmit={(event) => {
        event.preventDefault()
        if (chosen && at !== null) act.mutate({ do: 'legal-duty', party, duty, startedAt: at })
      }}
    >
      <h2>A duty by law</h2>
      <Field label="Which" hint={chosen ? `Source: ${chosen.source}. Told to: ${chosen.tells}.` : null}>
        {(ids) => (
          <select {...ids} required value={duty} onChange={(event) => setDuty(event.target.value)}>
            <option value="">Choose</option>
            {DUTIES.map((one) => (
              <option key={one.id} value={one.id}>
                {one.says}
              </option>
            ))}
          </select>
        )}
      </Field>
      <p className="s i2">From when it counts:</p>
      <ZonedInstant zone="UTC" onChange={(value) => setAt(value?.at ?? null)} />
      <p className="row wrap">
        <button type="submit" className="btn" disabled={!chosen || at === null || act.isPending}>
          Enter the duty
        </button>
        <span className="s i2">It stands in the calendar and beside the embargo. It ends no embargo.</span>
      </p>
      {act.error ? <FailureNote error={act.error} not="Not entered." /> : null}
    </form>
  )
}
