import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { InviteRow } from '../../../contract/shapes/account.ts'
import { invitesQuery, organisationsQuery } from '../../api/queries.ts'
import { sendJson } from '../../api/request.ts'
import { Field } from '../../parts/form/field.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { OnceShown } from '../../parts/once-shown.tsx'
import { When } from '../../parts/time/when.tsx'
import { RoleChoice } from './roles.tsx'

/** Open invites, and a new one: its link is shown once. */
export function Invites() {
  const invites = useQuery(invitesQuery)
  const organisations = useQuery(organisationsQuery)
  const client = useQueryClient()
  const [email, setEmail] = useState('')
  const [organisation, setOrganisation] = useState('')
  const [roles, setRoles] = useState<string[]>([])
  const add = useMutation({
    mutationFn: () => sendJson<InviteRow>('POST', '/v1/invites', { email: email.trim() || null, organisation, roles }),
    onSuccess: async () => {
      setEmail('')
      setRoles([])
      await client.invalidateQueries({ queryKey: ['invites'] })
    },
  })
  return (
    <section className="stack">
      <h2>Invites</h2>
      {invites.data && invites.data.length > 0 ? (
        <table className="blocks">
          <caption className="vh">Open invites</caption>
          <thead>
            <tr>
              <th scope="col">For</th>
              <th scope="col">Organisation</th>
              <th scope="col">Roles</th>
              <th scope="col">Ends</th>
            </tr>
          </thead>
          <tbody>
            {invites.data.map((invite) => (
              <tr key={invite.id}>
                <td>{invite.email ?? <span className="i3">whoever holds the link</span>}</td>
                <td>{invite.organisation}</td>
                <td>{invite.roles.join(', ')}</td>
                <td data-label="Ends">
                  <When at={invite.expiresAt} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <p className="s i2">No invite is open.</p>
      )}
      {add.data?.link ? (
        <OnceShown
          what="The link"
          secret={add.data.link}
          says="It works once. Weir keeps only its digest. Give it over a way you trust."
        />
      ) : null}
      <form
        className="stack measure"
        onSubmit={(event) => {
          event.preventDefault()
          add.mutate()
        }}
      >
        <h3>Invite a person</h3>
        <div className="grid2">
          <Field label="Organisation">
            {(ids) => (
              <select {...ids} value={organisation} onChange={(event) => setOrganisation(event.target.value)} required>
                <option value="">Choose</option>
                {organisations.data?.map((one) => (
                  <option key={one.id} value={one.id}>
                    {one.name}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label="E-mail" hint="May stay empty. Nothing is sent: you hand over the link.">
            {(ids) => (
              <input
                {...ids}
                type="email"
                value={email}
                onChange={(event) => setEmail(event.target.value)}
                maxLength={254}
                autoComplete="off"
              />
            )}
          </Field>
        </div>
        <RoleChoice legend="Roles" value={roles} onChange={setRoles} />
        {add.error ? <FailureNote error={add.error} not="No invite was made." /> : null}
        <p>
          <button type="submit" className="btn" disabled={add.isPending || roles.length === 0 || organisation === ''}>
            Make an invite
          </button>
        </p>
      </form>
    </section>
  )
}
