import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Field } from '../../parts/form/field.tsx'
import { Inert } from '../../parts/inert/inert.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { isHidden } from '../nowhere/is-hidden.ts'
import { contactQuery } from './queries.ts'

/** A coordinator learns whose an opaque contact is, to pass a word on; of the claim behind it nothing is told. */
export function WhoseContact() {
  const [typed, setTyped] = useState('')
  const [asked, setAsked] = useState<string | null>(null)
  const contact = useQuery({ ...contactQuery(asked ?? ''), enabled: asked !== null, retry: false })
  return (
    <form
      className="stack measure"
      onSubmit={(event) => {
        event.preventDefault()
        setAsked(typed.trim())
      }}
    >
      <Field label="Contact" hint="As a finder names it whose claim overlaps another's. What they scan is not told.">
        {(ids) => (
          <input
            {...ids}
            className="mono"
            required
            maxLength={100}
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
      <p>
        <button type="submit" className="btn" disabled={typed.trim() === ''}>
          Say whose it is
        </button>
      </p>
      <div role="status">
        {contact.data ? (
          <p>
            <b>
              <Inert text={contact.data.name} />
            </b>
          </p>
        ) : null}
        {contact.error && isHidden(contact.error) ? <p>No claim has that contact now.</p> : null}
      </div>
      {contact.error && !isHidden(contact.error) ? <FailureNote error={contact.error} not="Not told." /> : null}
    </form>
  )
}
