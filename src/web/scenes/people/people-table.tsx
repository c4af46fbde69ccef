import { useState } from 'react'
import type { PersonRow } from '../../../contract/shapes/account.ts'
import { mayGive, rolesToGive } from '../../../core/access/grantable.ts'
import type { Role } from '../../../core/access/principal.ts'
import { useFilter } from '../../parts/form/filter.tsx'
import { When } from '../../parts/time/when.tsx'
import { EditPerson } from './edit-person.tsx'

const STATE = { invited: 'Invited', active: 'Active', left: 'Left' } as const

/** People with their roles; one at a time can be changed in place, by one who holds `roles`. Of one organisation, its name is left out. */
export function PeopleTable({
  people,
  roles,
  oneOrganisation,
}: {
  people: readonly PersonRow[]
  roles: readonly Role[]
  oneOrganisation: boolean
}) {
  const [open, setOpen] = useState<string | null>(null)
  const filter = useFilter('Filter people')
  const shown = people.filter((person) =>
    filter.fits(`${person.name} ${person.email ?? ''} ${person.organisation} ${person.roles.join(' ')}`),
  )
  return (
    <section className="stack tight">
      {filter.field}
      <table className="blocks">
        <caption className="vh">People</caption>
        <thead>
          <tr>
            <th scope="col">Person</th>
            {oneOrganisation ? null : <th scope="col">Organisation</th>}
            <th scope="col">Roles</th>
            <th scope="col">State</th>
            <th scope="col">Last seen</th>
            <th scope="col" className="c-act">
              <span className="vh">Change</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((person) => (
            <tr key={person.id}>
              <td>
                <div className="b">{person.name}</div>
                <span className="xs i3">{person.email}</span>
              </td>
              {oneOrganisation ? null : <td>{person.organisation}</td>}
              <td>
                {person.roles.join(', ') || <span className="i3">none</span>}
                {person.cases ? null : <span className="xs i3"> out of cases</span>}
              </td>
              <td>{STATE[person.state]}</td>
              <td data-label="Last seen">
                {person.lastSeen ? <When at={person.lastSeen} /> : <span className="i3">never</span>}
              </td>
              <td>
                {person.state === 'left' ? null : !mayGive({ roles }, person.roles) ? (
                  <span className="xs i3">kept by an administrator</span>
                ) : (
                  <button
                    type="button"
                    className="btn small"
                    aria-expanded={open === person.id}
                    aria-label={`Change ${person.name}`}
                    onClick={() => setOpen(open === person.id ? null : person.id)}
                  >
                    Change
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {people
        .filter((person) => person.id === open)
        .map((person) => (
          <EditPerson key={person.id} person={person} gives={rolesToGive({ roles })} onClose={() => setOpen(null)} />
        ))}
    </section>
  )
}
