import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { organisationsQuery } from '../../api/queries.ts'
import { sendJson } from '../../api/request.ts'
import { Field } from '../../parts/form/field.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { count } from '../../parts/time/format.ts'
import { When } from '../../parts/time/when.tsx'

const KINDS = ['finder', 'clearinghouse', 'vendor', 'operator', 'developer', 'evaluator', 'inspector'] as const

/** Organisations, and a new one. */
export function Organisations() {
  const organisations = useQuery(organisationsQuery)
  const client = useQueryClient()
  const [name, setName] = useState('')
  const [kind, setKind] = useState<string>('finder')
  const add = useMutation({
    mutationFn: () => sendJson('POST', '/v1/organisations', { name: name.trim(), kind }),
    onSuccess: async () => {
      setName('')
      await client.invalidateQueries({ queryKey: ['organisations'] })
    },
  })
  return (
    <section className="stack">
      <h2>Organisations</h2>
      <table className="blocks">
        <caption className="vh">Organisations</caption>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Kind</th>
            <th scope="col" className="num">
              People
            </th>
            <th scope="col" className="num">
              Since
            </th>
          </tr>
        </thead>
        <tbody>
          {(organisations.data ?? []).map((one) => (
            <tr key={one.id}>
              <td className="b">{one.name}</td>
              <td>{one.kind}</td>
              <td className="num" data-label="People">
                {count(one.people)}
              </td>
              <td className="num" data-label="Since">
                <When at={one.createdAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <form
        className="row wrap bottom"
        onSubmit={(event) => {
          event.preventDefault()
          add.mutate()
        }}
      >
        <Field label="New organisation">
          {(ids) => (
            <input
              {...ids}
              value={name}
              onChange={(event) => setName(event.target.value)}
              maxLength={200}
              required
              autoComplete="off"
            />
          )}
        </Field>
        <Field label="Kind">
          {(ids) => (
            <select {...ids} value={kind} onChange={(event) => setKind(event.target.value)}>
              {KINDS.map((one) => (
                <option key={one} value={one}>
                  {one}
                </option>
              ))}
            </select>
          )}
        </Field>
        <button type="submit" className="btn" disabled={add.isPending}>
          Add the organisation
        </button>
      </form>
      {add.error ? <FailureNote error={add.error} not="Not added." /> : null}
    </section>
  )
}
