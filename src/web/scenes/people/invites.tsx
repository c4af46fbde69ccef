import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { InviteRow } from '../../../contract/shapes/account.ts'
import { mayGive, rolesToGive } from '../../../core/access/grantable.ts'
import type { Role } from '../../../core/access/principal.ts'
import { invitesQuery, organisationsQuery } from '../../api/queries.ts'
import { sendJson } from '../../api/request.ts'
import { Field } from '../../parts/form/field.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { OnceShown } from '../../parts/once-shown.tsx'
import { When } from '../../parts/time/when.tsx'
import { RoleChoice } from './roles.tsx'

const OWN_HINT = 'May stay empty. Your own note of whom it is for: nothing is sent there, and whoever holds the link comes in.'

/** Open invites, and a new one by somebody who holds `roles`: its link is shown once. `own`: into that organisation and no other. */
export function Invites({ roles: held, own }: { roles: readonly Role[]; own: { id: string; name: string } | null }) {
  const invites = useQuery(invitesQuery)
  const organisations = useQuery(organisationsQuery)
  const client = useQueryClient()
  const [email, setEmail] = useState('')
  const [chosen, setOrganisation] = useState('')
  const organisation = own?.id ?? chosen
  const [roles, setRoles] = useState<string[]>([])
  const add = useMutation({
    mutationFn: () => sendJson<InviteRow>('POST', '/v1/invites', { email: email.trim() || null, organisation, roles }),
    onSuccess: async () => {
      setEmail('')
      setRoles([])
      await client.invalidateQueries({ queryKey: ['invites'] })
    },
  })
  const end = useMutation({
    mutationFn: (id: string) => sendJson('DELETE', `/v1/invites/${encodeURIComponent(id)}`),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['invites'] })
      await client.invalidateQueries({ queryKey: ['people'] })
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
              {own ? null : <th scope="col">Organisation</th>}
              <th scope="col">Roles</th>
              <th scope="col">Ends</th>
              <th scope="col" className="c-act">
                <span className="vh">Withdraw</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {invites.data.map((invite) => (
              <tr key={invite.id}>
                <td>{invite.email ?? <span className="i3">whoever holds the link</span>}</td>
                {own ? null : <td>{invite.organisation}</td>}
                <td>{invite.roles.join(', ')}</td>
                <td data-label="Ends">
                  <When at={invite.expiresAt} />
                </td>
                <td>
                  {mayGive({ roles: held }, invite.roles) ? (
                    <button
                      type="button"
                      className="btn small"
                      aria-label={`Withdraw the invite for ${invite.email ?? 'whoever holds the link'}`}
                      disabled={end.isPending}
                      onClick={() => end.mutate(invite.id)}
                    >
                      Withdraw
                    </button>
                  ) : (
                    <span className="xs i3">made by an administrator</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <p className="s i2">No invite is open.</p>
      )}
      {end.error ? <FailureNote error={end.error} not="Not withdrawn." /> : null}
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
          {own ? null : (
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
          )}
          <Field label="E-mail" hint={own ? OWN_HINT : 'May stay empty. Nothing is sent: you hand over the link.'}>
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
        <RoleChoice legend="Roles" gives={rolesToGive({ roles: held })} value={roles} onChange={setRoles} />
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
