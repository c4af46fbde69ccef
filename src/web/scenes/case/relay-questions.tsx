import { Field } from '../../parts/form/field.tsx'
import type { RelayRoute } from './relay-words.ts'

/** What a place asks that no case says. */
export interface RelayAnswers {
  readonly repository: string
  readonly privateFork: boolean
  readonly trigger: string
  readonly impact: string
  readonly vendorContact: string
  readonly shareContact: boolean
  readonly nameCredits: boolean
  readonly industrialControl: boolean
  readonly machineLearning: boolean
  readonly coordinateWithCisa: boolean
  readonly planToDisclose: boolean
}

interface Asked {
  readonly route: RelayRoute
  readonly answers: RelayAnswers
  readonly set: (answers: RelayAnswers) => void
}

const TEXTS = [
  ['trigger', 'How it is made to show', true],
  ['impact', 'What an attacker gains', true],
  ['vendorContact', 'What was said to the vendor so far', false],
] as const

const TICKS = [
  ['planToDisclose', 'We plan to publish it'],
  ['shareContact', 'Our own contact may be shared with vendors'],
  ['nameCredits', 'The credits may be named when it is published'],
  ['industrialControl', 'It is in an industrial control system'],
  ['machineLearning', 'It is in a machine learning system'],
  ['coordinateWithCisa', 'Coordinate it with CISA too'],
] as const

/** The questions of one place; whoever drafts answers them, and none of the answers is a reporter's. */
export function RelayQuestions({ route, answers, set }: Asked) {
  if (route === 'akrites') return null
  const tick = (name: 'privateFork' | (typeof TICKS)[number][0], words: string) => (
    <label key={name} className="choice s">
      <input type="checkbox" checked={answers[name]} onChange={(event) => set({ ...answers, [name]: event.target.checked })} />
      {words}
    </label>
  )
  if (route === 'github')
    return (
      <>
        <Field label="Repository" hint="https://github.com/…; only where the flaw and its project name several">
          {(ids) => (
            <input
              {...ids}
              className="mono"
              maxLength={300}
              value={answers.repository}
              onChange={(event) => set({ ...answers, repository: event.target.value })}
            />
          )}
        </Field>
        {tick('privateFork', 'Begin a private fork for the fix')}
      </>
    )
  return (
    <>
      {TEXTS.map(([name, label, required]) => (
        <Field key={name} label={label}>
          {(ids) => (
            <textarea
              {...ids}
              rows={2}
              required={required}
              maxLength={20_000}
              value={answers[name]}
              onChange={(event) => set({ ...answers, [name]: event.target.value })}
            />
          )}
        </Field>
      ))}
      {TICKS.map(([name, words]) => tick(name, words))}
    </>
  )
}
