import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router'
import { meQuery } from '../../api/queries.ts'
import { firstDesk } from '../../frame/desks.ts'

/** After a sign-in: forgets what the stranger saw and goes where the person wanted to go, or to their first desk. */
export function useEnter(): () => Promise<void> {
  const client = useQueryClient()
  const navigate = useNavigate()
  const router = useRouter()
  const { next } = useSearch({ strict: false }) as { next?: string }
  return async () => {
    client.clear()
    const me = await client.fetchQuery(meQuery)
    // Only a path of this site: `//other.example` would leave it.
    const safe = next && /^\/(?![/\\])/.test(next) ? next : null
    if (safe) router.history.push(safe)
    else await navigate({ to: firstDesk(me) })
  }
}
