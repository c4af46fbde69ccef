import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { meQuery } from '../../api/queries.ts'
import { usePageTitle } from '../../frame/page-title.ts'

/** One page for what is not there and for what the reader may not see: same words, same speed. */
export function Nowhere() {
  usePageTitle('Not found')
  const { data: me } = useQuery(meQuery)
  return (
    <div className="stack measure">
      <h1>Nothing here for you</h1>
      <p>It is not there, or not yours to see. This page is the same in both cases.</p>
      <p className="row wrap">
        <Link className="btn" to="/">
          Go to the first page
        </Link>
        {me?.signedIn === false ? (
          <Link className="btn" to="/sign-in" search={{ next: location.pathname }}>
            Sign in
          </Link>
        ) : null}
      </p>
    </div>
  )
}
