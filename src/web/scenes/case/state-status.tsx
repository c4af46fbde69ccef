import { useState } from 'react'
import type { CaseFlawOut, PartyOut } from '../../../contract/shapes/case.ts'
import { JUSTIFICATIONS, type Justification, STATUSES, type Status } from '../../../core/cases/case.ts'
import { Field } from '../../parts/form/field.tsx'
import { RadioChoice } from '../../parts/form/radio-choice.tsx'
import type { Sending } from './own-work.tsx'
import { JUSTIFICATION, STATUS } from './words.ts'

/** How the party is affected by a flaw, in the standard's four words; not affected needs its justification. */
export function StateStatus({
  party,
  flaw,
  busy,
  send,
  done,
}: Sending & { party: PartyOut; flaw: CaseFlawOut; done: () => void }) {
  const [status, setStatus] = useState<Status | null>(null)
  const [justification, setJustification] = useState('')
  const [text, setText] = useState('')
  const reason = JUSTIFICATIONS.find((one) => one === justification) ?? null
  const ready = status !== null && (status !== 'not-affected' || reason !== null)
  const alone = party.kind !== 'vendor'
  return (
    <form
      className="stack tight opens measure"
      onSubmit={(event) => {
        event.preventDefault()
        if (!ready) return
        const given: Justification | null = status === 'not-affected' ? reason : null
        send({ do: 'state', party: party.id, flaw: flaw.id, status, justification: given, text: text.trim() })
        done()
      }}
    >
      <RadioChoice
        legend="You are"
        name={`status-${flaw.id}`}
        value={status}
        options={STATUSES.map((one) => [one, STATUS[one]] as const)}
        onChange={setStatus}
      />
      {status === 'not-affected' ? (
        <Field label="Because">
          {(ids) => (
            <select {...ids} required value={justification} onChange={(event) => setJustification(event.target.value)}>
              <option value="">Choose</option>
              {JUSTIFICATIONS.map((one) => (
                <option key={one} value={one}>
                  {JUSTIFICATION[one]}
                </option>
              ))}
            </select>
          )}
        </Field>
      ) : null}
      <Field label="In your words" hint="Goes into the advisory under your name, unless you hide your participation.">
        {(ids) => (
          <textarea {...ids} rows={2} maxLength={4_000} value={text} onChange={(event) => setText(event.target.value)} />
        )}
      </Field>
      <p className="row wrap">
        <button type="submit" className="btn small" disabled={!ready || busy}>
          State it
        </button>
        <span className="xs i2">
          {alone ? 'All who read the case see it at once.' : 'A second person of yours confirms it before the others see it.'}
        </span>
      </p>
    </form>
  )
}
