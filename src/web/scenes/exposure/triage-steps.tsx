import { useState } from 'react'
import type { ActionOut, TriageStep } from '../../../contract/shapes/exposure.ts'
import { plainStep } from '../../../core/exposure/obligation/plain-words.ts'
import { RadioChoice } from '../../parts/form/radio-choice.tsx'
import { Inert } from '../../parts/inert/inert.tsx'
import { Icon } from '../../parts/marks/icon.tsx'
import { When } from '../../parts/time/when.tsx'
import { ActFailure } from './act-failure.tsx'
import { useActionAct } from './use-action-act.ts'
import { dueWords, nextStep, STEPS } from './words.ts'

type Found = 'nothing' | 'suspected' | 'confirmed'
const FOUND: readonly (readonly [Found, string])[] = [
  ['nothing', 'Nothing found'],
  ['suspected', 'Suspected'],
  ['confirmed', 'Confirmed'],
]

/** Looking for signs of a break-in: three steps, each with its own clock; the next one can be said to be done. */
export function TriageSteps({ action, now }: { action: ActionOut; now: number | null }) {
  const next = nextStep(action.triage)
  return (
    <div className="stack tight">
      <p className="s">
        Do these in order, and <b>before anything is patched or restarted</b>.
      </p>
      <ol className="triagesteps">
        {action.triage.map((step) => (
          <li key={step.step} className={step === next ? 'next' : ''}>
            <div className="b">{STEPS[step.step]}</div>
            <StepClock step={step} now={now} />
            <p className="s i2">{plainStep(step.step)}</p>
            {step.look.length > 0 ? (
              <ul className="s dots">
                {step.look.map((one) => (
                  <li key={one}>
                    <Inert text={one} />
                  </li>
                ))}
              </ul>
            ) : null}
            {step === next && action.standing === 'open' ? <StepDone action={action} step={step.step} /> : null}
          </li>
        ))}
      </ol>
      {action.triage.some(({ singleSource }) => singleSource) ? (
        <p className="xs i3">
          <span className="tag assumed">One source</span> The hours stand in one public analysis of the guidance only; the order
          of the steps in two.
        </p>
      ) : null}
    </div>
  )
}

function StepClock({ step, now }: { step: TriageStep; now: number | null }) {
  if (step.doneAt !== null)
    return (
      <p className="s">
        <Icon name="check" /> done <When at={step.doneAt} full />
      </p>
    )
  const { how, left, at } = dueWords({ due: step.due, tier: '' }, now)
  return (
    <p className="s">
      <b className={how === 'late' ? 'alarm' : how === 'soon' ? 'soon' : ''}>
        {how === 'late' ? <Icon name="late" /> : null} {left}
      </b>{' '}
      <span className="xs i3">{at}</span>
    </p>
  )
}

function StepDone({ action, step }: { action: ActionOut; step: TriageStep['step'] }) {
  const [found, setFound] = useState<Found | null>(null)
  const act = useActionAct(action)
  const asks = step === 'analyse'
  return (
    <div className="stack tight">
      {asks ? (
        <RadioChoice legend="What was found" name={`found-${action.id}`} value={found} options={FOUND} onChange={setFound} />
      ) : null}
      {found === 'suspected' || found === 'confirmed' ? (
        <p className="note alarm">
          Call an incident team now, before you change anything: your national or sector one; in the United States CISA, 24
          hours a day. Weir tells nobody.
        </p>
      ) : null}
      <ActFailure error={act.error} not="Not kept." />
      <p>
        <button
          type="button"
          className="btn small"
          disabled={act.isPending || (asks && found === null)}
          onClick={() => act.mutate({ do: 'triage-step', step, found: asks ? found : null })}
        >
          This step is done
        </button>
      </p>
    </div>
  )
}
