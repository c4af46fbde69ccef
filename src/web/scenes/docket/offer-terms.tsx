import { useState } from 'react'
import type { DocketView } from '../../../contract/shapes/docket.ts'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { TermsFields, usualFacts } from './terms-fields.tsx'
import { useAct } from './use-act.ts'

/** A new version of the terms: the text, and the facts that the machine keeps. */
export function OfferTerms({ docket, done }: { docket: DocketView; done: () => void }) {
  const newest = docket.terms.at(-1)
  const { days, name } = docket.policy
  const [text, setText] = useState(newest?.text ?? '')
  const [facts, setFacts] = useState(newest?.facts ?? usualFacts(days))
  const act = useAct(docket, done)
  return (
    <form
      className="stack opens measure"
      onSubmit={(event) => {
        event.preventDefault()
        act.mutate({ do: 'offer-terms', text, facts })
      }}
    >
      <TermsFields text={text} facts={facts} most={days} policy={name} onText={setText} onFacts={setFacts} />
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
