import { useState } from 'react'
import type { CaseView } from '../../../contract/shapes/case.ts'
import { Field } from '../../parts/form/field.tsx'
import { visibleText } from '../../parts/inert/visible-text.ts'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { useCaseAct } from './use-case-act.ts'
import { HIDES } from './words.ts'

/** Takes a party out of the case; what it read it has read, and that is said first. */
export function RemoveForm({ of }: { of: CaseView }) {
  const [participant, setParticipant] = useState('')
  const [why, setWhy] = useState('')
  const act = useCaseAct(of, () => setParticipant(''))
  return (
    <form
      className="stack tight measure"
      onSubmit={(event) => {
        event.preventDefault()
        act.mutate({ do: 'remove', participant, why: why.trim() })
      }}
    >
      <h2>Take a party out</h2>
      <Field label="Party">
        {(ids) => (
          <select {...ids} required value={participant} onChange={(event) => setParticipant(event.target.value)}>
            <option value="">Choose</option>
            {of.parties
              .filter((one) => !one.you && one.leftAt === null)
              .map((one) => (
                <option key={one.id} value={one.id}>
                  {visibleText(one.name ?? HIDES, 80)}
                </option>
              ))}
          </select>
        )}
      </Field>
      <Field label="Why, kept with the case">
        {(ids) => <input {...ids} required maxLength={500} value={why} onChange={(event) => setWhy(event.target.value)} />}
      </Field>
      <p className="row wrap">
        <button type="submit" className="btn" disabled={act.isPending || participant === '' || why.trim() === ''}>
          Take it out
        </button>
        <span className="s i2">
          It reads nothing more from then on; what it read it has read, and the embargo still binds it. It can be invited again.
        </span>
      </p>
      {act.error ? <FailureNote error={act.error} not="Not taken out." /> : null}
    </form>
  )
}
