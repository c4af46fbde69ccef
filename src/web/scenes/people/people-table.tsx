import { useState } from 'react'
import type { PersonRow } from '../../../contract/shapes/account.ts'
import { When } from '../../parts/time/when.tsx'
import { EditPerson } from './edit-person.tsx'

const STATE = { invited: 'Invited', active: 'Active', left: 'Left' } as const

/** People with their roles; one at a time can be changed in place. */
export function PeopleTable({ people }: { people: readonly PersonRow[] }) {
  const [open, setOpen] = useState<string | null>(null)
  const [words, setWords] = useState('')
  const wanted = words.trim().toLowerCase()
  const shown = people.filter(
    (person) =>
      wanted === '' ||
      `${person.name} ${person.email ?? ''} ${person.organisation} ${person.roles.join(' ')}`.toLowerCase().includes(wanted),
  )
  return (
    <section className="stack tight">
      <input
        className="small filter"
        type="search"
        aria-label="Filter people"
        placeholder="Filter"
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <table className="blocks">
        <caption className="vh">People</caption>
        <thead>
          <tr>
            <th scope="col">Person</th>
            <th scope="col">Organisation</th>
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
              <td>{person.organisation}</td>
              <td>{person.roles.join(', ') || <span className="i3">none</span>}</td>
              <td>{STATE[person.state]}</td>
              <td data-label="Last seen">
                {person.lastSeen ? <When at={person.lastSeen} /> : <span className="i3">never</span>}
              </td>
              <td>
                {person.state === 'left' ? null : (
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
          <EditPerson key={person.id} person={person} onClose={() => setOpen(null)} />
        ))}
    </section>
  )
}
