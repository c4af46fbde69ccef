import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { PersonRow } from '../../../contract/shapes/account.ts'
import type { Role } from '../../../core/access/principal.ts'
import { sendJson } from '../../api/request.ts'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { RoleChoice } from './roles.tsx'

/** Roles of one person, and the end of a membership with its consequences said first. */
export function EditPerson({ person, gives, onClose }: { person: PersonRow; gives: readonly Role[]; onClose: () => void }) {
  const [roles, setRoles] = useState<string[]>(person.roles)
  const [cases, setCases] = useState(person.cases)
  const [ending, setEnding] = useState(false)
  const client = useQueryClient()
  const done = async () => {
    await client.invalidateQueries({ queryKey: ['people'] })
    await client.invalidateQueries({ queryKey: ['invites'] })
    onClose()
  }
  const path = `/v1/people/${encodeURIComponent(person.id)}`
  const set = useMutation({ mutationFn: () => sendJson('PUT', `${path}/roles`, { roles, cases }), onSuccess: done })
  const end = useMutation({ mutationFn: () => sendJson('DELETE', path), onSuccess: done })
  return (
    <div className="judgeform stack opens">
      <h2>{person.name}</h2>
      <RoleChoice legend="May do what these roles may" gives={gives} value={roles} onChange={setRoles} />
      <label className="choice">
        <input type="checkbox" checked={cases} onChange={() => setCases(!cases)} />
        <span>
          Takes part in cases{' '}
          <span className="xs i3">
            as far as the roles go; without it they see no case, notice or webhook of their organisation
          </span>
        </span>
      </label>
      {set.error ? <FailureNote error={set.error} not="Not changed." /> : null}
      <div className="row wrap">
        <button type="button" className="btn" disabled={set.isPending || roles.length === 0} onClick={() => set.mutate()}>
          Set the roles
        </button>
        <button type="button" className="btn" aria-expanded={ending} onClick={() => setEnding(!ending)}>
          End the membership
        </button>
        <button type="button" className="btn plain" onClick={onClose}>
          Leave it
        </button>
      </div>
      {ending ? (
        <div className="note alarm stack tight">
          <p>
            {person.name} is signed out everywhere at once and all their tokens end. What they sent and decided stays, under
            their name. Invites they made and nobody took up end too.
            <b>It cannot be undone</b>; a new invite makes a new membership.
          </p>
          <p>
            <button type="button" className="btn" disabled={end.isPending} onClick={() => end.mutate()}>
              End the membership of {person.name}
            </button>
          </p>
          {end.error ? <FailureNote error={end.error} not="Not ended." /> : null}
        </div>
      ) : null}
    </div>
  )
}
