import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { AddAgreement, AgreementOut } from '../../../contract/shapes/docket.ts'
import { sendJson } from '../../api/request.ts'
import { Field } from '../../parts/form/field.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { ZonedInstant } from '../../parts/time/zoned-instant.tsx'
import { officesQuery } from './queries.ts'
import { TermsFields, usualFacts } from './terms-fields.tsx'

/** The most days of the order's window; the server refuses more, whatever a page sends. */
const MOST_DAYS = 30

/** A developer offers an office a standing agreement; it binds nobody before both have signed. */
export function OfferAgreement({ done }: { done: () => void }) {
  const client = useQueryClient()
  const offices = useQuery(officesQuery)
  const [other, setOther] = useState('')
  const [text, setText] = useState('')
  const [facts, setFacts] = useState(usualFacts(MOST_DAYS))
  const [contacts, setContacts] = useState('')
  const [ends, setEnds] = useState<{ at: string } | null>(null)
  const offer = useMutation({
    mutationFn: () => {
      const lines = contacts.split('\n').map((line) => line.trim())
      const endsAt = ends?.at ?? null
      const given = { other, text, facts, contacts: lines.filter((line) => line !== ''), endsAt }
      return sendJson<AgreementOut>('POST', '/v1/agreements', given satisfies AddAgreement)
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['agreements'] })
      done()
    },
  })
  return (
    <form
      className="stack opens measure"
      onSubmit={(event) => {
        event.preventDefault()
        offer.mutate()
      }}
    >
      <Field label="Office">
        {(ids) => (
          <select {...ids} required value={other} onChange={(event) => setOther(event.target.value)}>
            <option value="">Choose</option>
            {offices.data?.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <TermsFields
        text={text}
        facts={facts}
        most={MOST_DAYS}
        policy="Executive Order 14409"
        onText={setText}
        onFacts={setFacts}
      />
      <Field label="Contacts, one a line" hint="Where each side is reached: at most 20.">
        {(ids) => <textarea {...ids} rows={2} value={contacts} onChange={(event) => setContacts(event.target.value)} />}
      </Field>
      <fieldset className="stack tight">
        <legend>Its end, if it has one</legend>
        <ZonedInstant zone={null} required={false} onChange={setEnds} />
      </fieldset>
      {offer.error ? <FailureNote error={offer.error} not="Not offered." safe="Your text is still here." /> : null}
      <p>
        <button type="submit" className="btn" disabled={offer.isPending || text.trim() === ''}>
          Offer it
        </button>
      </p>
    </form>
  )
}
