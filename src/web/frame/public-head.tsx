import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { meQuery } from '../api/queries.ts'
import { BrandMark } from '../parts/marks/brand-mark.tsx'
import { firstDesk } from './desks.ts'

/** The head of what anyone may see. */
export function PublicHead() {
  const { data: me } = useQuery(meQuery)
  return (
    <header className="pub">
      <Link className="brand" to="/public">
        <BrandMark />
        <span>{me?.instance.name ?? 'Weir'}</span>
      </Link>
      <nav aria-label="Public pages">
        <Link to="/public" activeProps={{ 'aria-current': 'page' }}>
          Measured
        </Link>
        <Link to="/advisories" activeProps={{ 'aria-current': 'page' }}>
          Advisories
        </Link>
        <Link to="/duties" activeProps={{ 'aria-current': 'page' }}>
          Duties
        </Link>
        <Link to="/report" activeProps={{ 'aria-current': 'page' }}>
          Send a report
        </Link>
        <Link to="/status" activeProps={{ 'aria-current': 'page' }}>
          Status
        </Link>
        {me?.signedIn ? (
          <Link to={firstDesk(me)}>Back to work</Link>
        ) : (
          <Link to="/sign-in" activeProps={{ 'aria-current': 'page' }}>
            Sign in
          </Link>
        )}
      </nav>
    </header>
  )
}
