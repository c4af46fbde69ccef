import { useState } from 'react'
import type { CaseView } from '../../../contract/shapes/case.ts'
import { Field } from '../../parts/form/field.tsx'
import { RadioChoice } from '../../parts/form/radio-choice.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { useCaseAct } from './use-case-act.ts'

const REASONS = [
  ['adversary-knows', 'Adversaries know of it'],
  ['fixes-ready', 'Most fixes are ready'],
  ['all-agreed', 'All agreed to publish'],
] as const
type Reason = (typeof REASONS)[number][0]

/** Ends the embargo before its instant, for one of three reasons; said first: it opens nothing to anyone. */
export function EndEmbargo({ of }: { of: CaseView }) {
  const [why, setWhy] = useState<Reason | null>(null)
  const [reason, setReason] = useState('')
  const act = useCaseAct(of)
  return (
    <form
      className="stack tight measure"
      onSubmit={(event) => {
        event.preventDefault()
        if (why !== null) act.mutate({ do: 'end-embargo', why, reason: reason.trim() })
      }}
    >
      <h2>End the embargo now</h2>
      <RadioChoice legend="Because" name="end-because" value={why} options={REASONS} onChange={setWhy} />
      <Field label="In words, for every party">
        {(ids) => <input {...ids} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />}
      </Field>
      <ul className="s dots">
        <li>{of.parties.filter(({ leftAt }) => leftAt === null).length} parties are told at once</li>
        <li>The duty of secrecy ends; nobody gains a read, and nothing is published by it</li>
        <li>It cannot be undone</li>
      </ul>
      <p>
        <button type="submit" className="btn" disabled={why === null || act.isPending}>
          End the embargo
        </button>
      </p>
      {act.error ? <FailureNote error={act.error} not="Not ended." /> : null}
    </form>
  )
}
