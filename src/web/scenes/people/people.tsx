import { useQuery } from '@tanstack/react-query'
import { invitesQuery, organisationsQuery, peopleQuery } from '../../api/queries.ts'
import { usePageTitle } from '../../frame/page-title.ts'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { isHidden } from '../nowhere/is-hidden.ts'
import { Nowhere } from '../nowhere/nowhere.tsx'
import { Invites } from './invites.tsx'
import { Organisations } from './organisations.tsx'
import { PeopleTable } from './people-table.tsx'

/** Who belongs here and what they may do. The administrator keeps people and reads no report. */
export function People() {
  usePageTitle('People')
  const people = useQuery(peopleQuery)
  // The three lists stand below one another: shown together, none pushes another down.
  const waits = [useQuery(invitesQuery), useQuery(organisationsQuery)].some((list) => list.isPending)
  if (people.error && !people.data)
    return isHidden(people.error) ? <Nowhere /> : <FailureNote error={people.error} not="The people are not shown." />
  return (
    <div className="stack wide">
      <div>
        <h1>People</h1>
        <p className="i2">Who belongs here and what they may do. Keeping people opens no report.</p>
      </div>
      {people.data && !waits ? (
        <>
          <PeopleTable people={people.data} />
          <Invites />
          <Organisations />
        </>
      ) : (
        <Waiting rows={12} what="people" />
      )}
    </div>
  )
}
