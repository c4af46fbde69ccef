import { useState } from 'react'
import type { CaseView } from '../../../contract/shapes/case.ts'
import { Field } from '../../parts/form/field.tsx'
import { RadioChoice } from '../../parts/form/radio-choice.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { duration } from '../../parts/time/format.ts'
import { ZonedInstant } from '../../parts/time/zoned-instant.tsx'
import { PolicyField } from './policy-field.tsx'
import { useCaseAct } from './use-case-act.ts'

/** Another end: an instant with its zone or none, by which policy, and why; what follows is said before it is sent. */
export function ProposeEnd({ of, done }: { of: CaseView; done: () => void }) {
  const [kind, setKind] = useState<'instant' | 'open-ended' | null>(null)
  const [at, setAt] = useState<string | null>(null)
  const [policy, setPolicy] = useState('')
  const [why, setWhy] = useState('')
  const act = useCaseAct(of, done)
  const party = of.you[0]
  const ready = party !== undefined && why.trim() !== '' && policy !== '' && (kind === 'open-ended' || at !== null)
  return (
    <form
      className="stack measure"
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) act.mutate({ do: 'propose', party, endsAt: kind === 'open-ended' ? null : at, policy, why: why.trim() })
      }}
    >
      <h2>Propose another end</h2>
      <RadioChoice
        legend="When the secrecy ends"
        name="end"
        value={kind}
        options={[
          ['instant', 'At an instant'],
          ['open-ended', 'By consent, without a date'],
        ]}
        onChange={setKind}
      />
      {kind === 'instant' ? <ZonedInstant zone="UTC" onChange={(value) => setAt(value?.at ?? null)} /> : null}
      <PolicyField
        label="By which rule"
        instead={['agreed/1', 'Agreement among the parties']}
        value={policy}
        onChange={setPolicy}
      />
      <Field
        label="Why, for every party to read"
        hint="No details of the flaw: parties that have not accepted yet read this too."
      >
        {(ids) => (
          <textarea {...ids} rows={2} required maxLength={500} value={why} onChange={(event) => setWhy(event.target.value)} />
        )}
      </Field>
      <Consequence of={of} at={kind === 'instant' ? at : null} />
      <p className="row wrap">
        <button type="submit" className="btn" disabled={!ready || act.isPending}>
          Propose it
        </button>
        <button type="button" className="btn plain" onClick={done}>
          Leave it as it is
        </button>
      </p>
      {act.error ? <FailureNote error={act.error} not="Not proposed." safe="The embargo is as it was." /> : null}
    </form>
  )
}

function Consequence({ of, at }: { of: CaseView; at: string | null }) {
  const ends = of.embargo.terms?.endsAt ?? null
  const says: string[] = []
  if (at !== null && ends !== null) {
    const by = Date.parse(at) - Date.parse(ends)
    says.push(by > 0 ? `${duration(by)} later than now agreed` : `${duration(by)} earlier than now agreed`)
  }
  says.push(`${of.parties.filter(({ leftAt }) => leftAt === null).length} parties are asked, each with a date to answer by`)
  says.push(
    of.embargo.terms
      ? 'The old terms hold until it is accepted; who is silent has not accepted'
      : 'There is no embargo until it is accepted',
  )
  says.push('It can be answered by others at once; it is not taken back')
  return (
    <div className="stack tight">
      <h3>What follows</h3>
      <ul className="s dots">
        {says.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  )
}
