import { useState } from 'react'
import {
  judgePublicity,
  PUBLICITY_MARKS,
  PUBLICITY_QUESTIONS,
  type PublicityAnswers,
} from '../../../core/cases/embargo-policy/publicity.ts'
import { RadioChoice } from '../../parts/form/radio-choice.tsx'

const ANSWERS = [
  ['yes', 'Yes'],
  ['no', 'No'],
  ['unknown', 'Nobody can say'],
] as const
type Answer = (typeof ANSWERS)[number][0]
const KNOWN = { yes: true, no: false, unknown: null } as const

/** Three questions by which a person sees whether a flaw is public, before they note it. It decides nothing by itself. */
export function BrightLine({ name }: { name: string }) {
  const [answers, setAnswers] = useState<Partial<Record<keyof PublicityAnswers, Answer>>>({})
  const whole = PUBLICITY_MARKS.every((mark) => answers[mark] !== undefined)
  return (
    <fieldset className="stack tight">
      <legend>Is it past the bright line?</legend>
      {PUBLICITY_MARKS.map((mark) => (
        <RadioChoice
          key={mark}
          legend={PUBLICITY_QUESTIONS[mark]}
          name={`${name}-${mark}`}
          value={answers[mark] ?? null}
          options={ANSWERS}
          onChange={(answer) => setAnswers({ ...answers, [mark]: answer })}
        />
      ))}
      <p className="s" aria-live="polite">
        {whole
          ? judgePublicity({
              availability: KNOWN[answers.availability!],
              specificity: KNOWN[answers.specificity!],
              irrevocability: KNOWN[answers.irrevocability!],
            }).say
          : 'All three, and it is public. Answering notes nothing yet.'}
      </p>
    </fieldset>
  )
}
