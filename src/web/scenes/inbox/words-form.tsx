import { useState } from 'react'
import { Field } from '../../parts/form/field.tsx'
import { ANSWERS, type Answer } from './answers.ts'

/** The words that go with an answer, asked for in place. */
export function Words({ answer, busy, send }: { answer: Answer; busy: boolean; send: (text: string) => void }) {
  const [text, setText] = useState('')
  const { asks } = ANSWERS[answer]
  if (asks === null) return null
  return (
    <form
      className="stack tight opens itemwords"
      onSubmit={(event) => {
        event.preventDefault()
        send(text.trim())
      }}
    >
      <Field label={asks.label} hint={asks.hint}>
        {(ids) => (
          <textarea
            {...ids}
            rows={3}
            maxLength={10_000}
            value={text}
            required={asks.needed}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <p>
        <button type="submit" className="btn" disabled={busy || (asks.needed && text.trim() === '')}>
          {asks.send}
        </button>
      </p>
    </form>
  )
}
