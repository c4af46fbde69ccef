import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Field } from '../form/field.tsx'
import { FailureNote } from '../notice/failure-note.tsx'

interface WriteMessageProps {
  readonly label: string
  readonly hint?: string
  readonly rows?: number
  readonly send: (text: string) => Promise<unknown>
  /** What else is asked before it is sent. */
  readonly children?: ReactNode
}

/** The field for one more message; what is written stays until it was sent. */
export function WriteMessage({ label, hint, rows = 3, send, children }: WriteMessageProps) {
  const [text, setText] = useState('')
  const write = useMutation({ mutationFn: send, onSuccess: () => setText('') })
  return (
    <form
      className="stack tight measure"
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim() !== '') write.mutate(text)
      }}
    >
      <Field label={label} hint={hint}>
        {(ids) => (
          <textarea {...ids} rows={rows} maxLength={20_000} value={text} onChange={(event) => setText(event.target.value)} />
        )}
      </Field>
      {children}
      {write.error ? <FailureNote error={write.error} not="Not sent." safe="Your text is still here." /> : null}
      <p>
        <button type="submit" className="btn" disabled={write.isPending || text.trim() === ''}>
          Send the message
        </button>
      </p>
    </form>
  )
}
