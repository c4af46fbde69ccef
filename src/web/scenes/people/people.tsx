import { useQuery } from '@tanstack/react-query'
import type { Role } from '../../../core/access/principal.ts'
import { invitesQuery, meQuery, organisationsQuery, peopleQuery } from '../../api/queries.ts'
import { usePageTitle } from '../../frame/page-title.ts'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { NotShown } from '../nowhere/not-shown.tsx'
import { Invites } from './invites.tsx'
import { Organisations } from './organisations.tsx'
import { PeopleTable } from './people-table.tsx'

/** Who belongs here and what they may do: everybody to an administrator, their own organisation to a group-admin. */
export function People() {
  usePageTitle('People')
  const people = useQuery(peopleQuery)
  const { data: me } = useQuery(meQuery)
  // The three lists stand below one another: shown together, none pushes another down.
  const waits = [useQuery(invitesQuery), useQuery(organisationsQuery)].some((list) => list.isPending)
  if (people.error && !people.data) return <NotShown error={people.error} not="The people are not shown." />
  const roles = (me?.roles ?? []) as Role[]
  const everybody = roles.includes('administrator')
  return (
    <div className="stack wide">
      <div>
        <h1>People</h1>
        <p className="i2">
          Who belongs {everybody ? 'here' : `to ${me?.organisation?.name ?? 'your organisation'}`} and what they may do. Keeping
          people opens no report and no case.
        </p>
      </div>
      {people.data && me && !waits ? (
        <>
          <PeopleTable people={people.data} roles={roles} oneOrganisation={!everybody} />
          <Invites roles={roles} own={everybody ? null : (me?.organisation ?? null)} />
          {everybody ? <Organisations /> : null}
        </>
      ) : (
        <Waiting rows={12} what="people" />
      )}
    </div>
  )
}
