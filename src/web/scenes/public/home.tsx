import { useQuery } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { meQuery } from '../../api/queries.ts'
import { firstDesk } from '../../frame/desks.ts'
import { PublicPage } from './public-page.tsx'

/** The first page: a person's own desk, or what anyone may see. */
export function Home() {
  const { data: me, error } = useQuery(meQuery)
  if (!me && !error) return null
  return me?.signedIn && firstDesk(me) !== '/public' ? <Navigate to={firstDesk(me)} replace /> : <PublicPage />
}
