import { useMutation, useQuery } from '@tanstack/react-query'
import { demoPeopleQuery } from '../../api/queries.ts'
import { sendJson } from '../../api/request.ts'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { useEnter } from './enter.ts'

/** The seeded people of a demo, one press each. */
export function DemoPeople() {
  const people = useQuery(demoPeopleQuery)
  const enter = useEnter()
  const go = useMutation({ mutationFn: (person: string) => sendJson('POST', '/v1/demo/sign-in', { person }), onSuccess: enter })
  return (
    <section className="stack tight">
      <h2>As one of the demo’s people</h2>
      {people.data ? (
        <ul className="persons">
          {people.data.map((person) => (
            <li key={person.id}>
              <button type="button" disabled={go.isPending} onClick={() => go.mutate(person.id)}>
                <span>
                  <span className="b">{person.name}</span> <span className="i2">{person.organisation}</span>
                  <span className="xs i3 says">{person.says}</span>
                </span>
                <span className="i2 s">{person.roles.join(', ')}</span>
              </button>
            </li>
          ))}
        </ul>
      ) : people.error ? (
        <FailureNote error={people.error} not="The people are not shown." />
      ) : (
        <Waiting rows={10} what="people" />
      )}
      {go.error ? <FailureNote error={go.error} not="Not signed in." /> : null}
    </section>
  )
}
