import { useState } from 'react'
import type { DocketAct, DocketView } from '../../../contract/shapes/docket.ts'
import { Field } from '../../parts/form/field.tsx'
import { Inert } from '../../parts/inert/inert.tsx'
import { When } from '../../parts/time/when.tsx'

interface Shown {
  readonly partner: DocketView['partners'][number]
  readonly busy: boolean
  readonly send: (act: DocketAct) => void
  readonly mayGrant: boolean
  readonly mayRevoke: boolean
}

/** Who of a partner may use the model, for what and until when. */
export function PartnerGrants({ partner, busy, send, mayGrant, mayRevoke }: Shown) {
  const standing = partner.standing === 'selected' || partner.standing === 'outside'
  return (
    <>
      {partner.grants.length > 0 ? (
        <table className="blocks">
          <caption className="vh">Grants of {partner.name}</caption>
          <thead>
            <tr>
              <th scope="col">Person</th>
              <th scope="col">For</th>
              <th scope="col">Until</th>
              <th scope="col">
                <span className="vh">Change</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {partner.grants.map((grant) => (
              <tr key={grant.grant}>
                <td className="b">{grant.mine ? 'You' : <Inert text={grant.person.name ?? 'Name withheld'} />}</td>
                <td>
                  <Inert text={grant.use} />
                </td>
                <td>{grant.ended ? <span className="i3">ended</span> : <When at={grant.until} full />}</td>
                <td>
                  {mayRevoke && !grant.ended ? (
                    <button
                      type="button"
                      className="btn small"
                      disabled={busy}
                      aria-label={`End at once: the grant of ${grant.person.name ?? 'this person'}`}
                      onClick={() => send({ do: 'revoke-partner', partner: partner.partner, grant: grant.grant })}
                    >
                      End at once
                    </button>
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {mayGrant && standing ? (
        <GrantForm key={partner.grants.length} partner={partner.partner} busy={busy} send={send} />
      ) : null}
    </>
  )
}

function GrantForm({ partner, busy, send }: { partner: string; busy: boolean; send: Shown['send'] }) {
  const [person, setPerson] = useState('')
  const [use, setUse] = useState('')
  const [until, setUntil] = useState('')
  return (
    <form
      className="stack tight measure"
      onSubmit={(event) => {
        event.preventDefault()
        send({ do: 'grant-partner', partner, person: person.trim(), use: use.trim(), until: `${until}T23:59:59Z` })
      }}
    >
      <h3>Let a person in</h3>
      <div className="grid2">
        <Field label="Person" hint="Their id: per_…">
          {(ids) => (
            <input {...ids} required maxLength={60} value={person} onChange={(event) => setPerson(event.target.value)} />
          )}
        </Field>
        <Field label="Until the end of, UTC">
          {(ids) => <input {...ids} type="date" required value={until} onChange={(event) => setUntil(event.target.value)} />}
        </Field>
      </div>
      <Field label="For what">
        {(ids) => <input {...ids} required maxLength={1000} value={use} onChange={(event) => setUse(event.target.value)} />}
      </Field>
      <p>
        <button type="submit" className="btn" disabled={busy}>
          Let this person in
        </button>
      </p>
    </form>
  )
}
