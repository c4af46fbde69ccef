import { useState } from 'react'
import {
  afterBreak,
  BREAK_MATRIX,
  type BreakCause,
  type BreakExtent,
  type BreakOutcome,
} from '../../../core/cases/embargo-policy/break-matrix.ts'
import { RadioChoice } from '../../parts/form/radio-choice.tsx'

const EXTENT: readonly (readonly [BreakExtent, string])[] = [
  ['none', 'Nothing of the flaw'],
  ['partial', 'Part of it'],
  ['full', 'Enough to find or use it'],
]
const CAUSE: readonly (readonly [BreakCause, string])[] = [
  ['accidental', 'By accident'],
  ['malicious', 'On purpose'],
  ['third-party', 'By somebody outside the case'],
]
const EMBARGO: Readonly<Record<BreakOutcome['embargo'], string>> = {
  stands: 'The embargo holds.',
  revise: 'An earlier end is proposed; the old terms hold meanwhile.',
  ends: 'The embargo ends once you note that it is public.',
}
const ACCESS: Readonly<Record<BreakOutcome['access'], string>> = {
  kept: 'Whoever let it out keeps reading.',
  held: 'Take whoever let it out from the case until you have decided.',
  'nobody-to-hold': 'No party of the case has to stop reading.',
}

/** What is to be done where something got out: a table, read for the coordinator. It does nothing by itself. */
export function LeakAdvice() {
  const [extent, setExtent] = useState<BreakExtent | null>(null)
  const [cause, setCause] = useState<BreakCause | null>(null)
  const advice = extent === null || cause === null ? null : afterBreak(extent, cause)
  return (
    <section className="stack tight measure">
      <h2>If something got out</h2>
      <RadioChoice legend="How much is out" name="leak-extent" value={extent} options={EXTENT} onChange={setExtent} />
      <RadioChoice legend="How it got out" name="leak-cause" value={cause} options={CAUSE} onChange={setCause} />
      <div aria-live="polite">
        {advice ? (
          <ul className="s dots">
            <li>{advice.asks}</li>
            <li>{EMBARGO[advice.embargo]}</li>
            <li>{ACCESS[advice.access]}</li>
            <li>
              {advice.tell === 'participants' ? 'Tell all parties.' : 'The coordinator is told; nobody else needs to be.'}
            </li>
          </ul>
        ) : (
          <p className="s i2">Say both, and what follows stands here.</p>
        )}
      </div>
      <p className="xs i3">{BREAK_MATRIX}, Weir’s own table. Nothing is done by it; you act.</p>
    </section>
  )
}
