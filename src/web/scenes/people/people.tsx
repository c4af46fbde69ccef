import { useQuery } from '@tanstack/react-query'
import { peopleQuery } from '../../api/queries.ts'
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
  if (people.error && !people.data)
    return isHidden(people.error) ? <Nowhere /> : <FailureNote error={people.error} not="The people are not shown." />
  return (
    <div className="stack wide">
      <div>
        <h1>People</h1>
        <p className="i2">Who belongs here and what they may do. Keeping people opens no report.</p>
      </div>
      {people.data ? <PeopleTable people={people.data} /> : <Waiting rows={6} what="people" />}
      <Invites />
      <Organisations />
    </div>
  )
}
