import type { DocketView } from '../../../contract/shapes/docket.ts'
import { Field } from '../../parts/form/field.tsx'
import { RadioChoice } from '../../parts/form/radio-choice.tsx'

export type TermsFacts = DocketView['terms'][number]['facts']

/** The facts a first version of terms is offered with, under a policy's most days. */
export const usualFacts = (days: number): TermsFacts => ({
  days,
  opensBy: 'first-call',
  level: 'AL1',
  retentionDays: 30,
  downtimeExtends: false,
  mayPublish: false,
  findingsToIntake: false,
  readersNamed: false,
})

/** The text of terms and the facts that the machine keeps, as one edits them; `policy` names where the most days come from. */
export function TermsFields({
  text,
  facts,
  most,
  policy,
  onText,
  onFacts,
}: {
  text: string
  facts: TermsFacts
  most: number
  policy: string
  onText: (text: string) => void
  onFacts: (facts: TermsFacts) => void
}) {
  const set = (more: Partial<TermsFacts>) => onFacts({ ...facts, ...more })
  return (
    <>
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
            onChange={(event) => onText(event.target.value)}
          />
        )}
      </Field>
      <div className="grid2">
        <Field label="Days of access" hint={`Whole days of 24 hours, at most ${most}: ${policy}`}>
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
    </>
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
