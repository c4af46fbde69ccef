import { useState } from 'react'
import type { DocketView } from '../../../contract/shapes/docket.ts'
import { Field } from '../../parts/form/field.tsx'
import { RadioChoice } from '../../parts/form/radio-choice.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { useAct } from './use-act.ts'

type Facts = DocketView['terms'][number]['facts']

/** A new version of the terms: the text, and the facts that the machine keeps. */
export function OfferTerms({ docket, done }: { docket: DocketView; done: () => void }) {
  const newest = docket.terms.at(-1)
  const most = docket.policy.days
  const [text, setText] = useState(newest?.text ?? '')
  const [facts, setFacts] = useState<Facts>(
    newest?.facts ?? {
      days: most,
      opensBy: 'first-call',
      level: 'AL1',
      retentionDays: 30,
      downtimeExtends: false,
      mayPublish: false,
      findingsToIntake: false,
      readersNamed: false,
    },
  )
  const act = useAct(docket, done)
  const set = (more: Partial<Facts>) => setFacts({ ...facts, ...more })
  return (
    <form
      className="stack opens measure"
      onSubmit={(event) => {
        event.preventDefault()
        act.mutate({ do: 'offer-terms', text, facts })
      }}
    >
      <Field
        label="The terms"
        hint="Use, disclosure, insider risk, property, retention, publication. Plain text; every word is what is signed."
      >
        {(ids) => (
          <textarea
            {...ids}
            rows={14}
            required
            maxLength={200_000}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <div className="grid2">
        <Field label="Days of access" hint={`Whole days of 24 hours, at most ${most}: ${docket.policy.name}`}>
          {(ids) => (
            <input
              {...ids}
              type="number"
              min={1}
              max={most}
              required
              value={facts.days}
              onChange={(event) => set({ days: Number(event.target.value) })}
            />
          )}
        </Field>
        <Field label="Kept after the end, days">
          {(ids) => (
            <input
              {...ids}
              type="number"
              min={0}
              max={3650}
              required
              value={facts.retentionDays}
              onChange={(event) => set({ retentionDays: Number(event.target.value) })}
            />
          )}
        </Field>
      </div>
      <RadioChoice
        legend="The window opens"
        name="opens"
        value={facts.opensBy}
        options={[
          ['first-call', 'with the first call'],
          ['agreed-instant', 'at an agreed instant'],
        ]}
        onChange={(opensBy) => set({ opensBy })}
      />
      <RadioChoice
        legend="Access level"
        name="level"
        value={facts.level}
        options={[
          ['AL1', 'AL1, black box'],
          ['AL2', 'AL2, grey box'],
          ['AL3', 'AL3, white box'],
        ]}
        onChange={(level) => set({ level })}
      />
      <fieldset className="stack tight">
        <legend>Also agreed</legend>
        <Check on={facts.downtimeExtends} set={(downtimeExtends) => set({ downtimeExtends })}>
          Down time of the endpoint lengthens the window
        </Check>
        <Check on={facts.readersNamed} set={(readersNamed) => set({ readersNamed })}>
          The developer sees by name who of the office is read in
        </Check>
        <Check on={facts.mayPublish} set={(mayPublish) => set({ mayPublish })}>
          Results may be published
        </Check>
        <Check on={facts.findingsToIntake} set={(findingsToIntake) => set({ findingsToIntake })}>
          Vulnerabilities found may go to intake, with both sides’ consent each time
        </Check>
      </fieldset>
      {act.error ? <FailureNote error={act.error} not="Not offered." safe="Your text is still here." /> : null}
      <p className="row wrap">
        <button type="submit" className="btn" disabled={act.isPending || text.trim() === ''}>
          Offer version {(newest?.version ?? 0) + 1}
        </button>
        <span className="s i2">Both sides see it at once. Signatures on an earlier version end.</span>
      </p>
    </form>
  )
}

function Check({ on, set, children }: { on: boolean; set: (on: boolean) => void; children: string }) {
  return (
    <label className="choice">
      <input type="checkbox" checked={on} onChange={(event) => set(event.target.checked)} />
      {children}
    </label>
  )
}
