import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { meQuery } from '../../api/queries.ts'
import { usePageTitle } from '../../frame/page-title.ts'
import { Nowhere } from '../nowhere/nowhere.tsx'
import { Coverage } from './coverage.tsx'
import { OptOuts } from './opt-outs.tsx'
import { OwnClaims } from './own-claims.tsx'
import { ScanRequests } from './scan-requests.tsx'
import { WhoseContact } from './whose-contact.tsx'

// Claims are their organisation's alone: a coordinator reads none, and can say whose a contact is.
const PARTS = {
  own: ['Own claims', OwnClaims, ['finder']],
  requests: ['Asked for', ScanRequests, ['finder', 'coordinator']],
  'opt-outs': ['What projects say', OptOuts, ['finder', 'coordinator']],
  coverage: ['Coverage', Coverage, ['finder', 'coordinator']],
  contacts: ['Whose contact', WhoseContact, ['coordinator']],
} as const
type Part = keyof typeof PARTS
const ALL = Object.keys(PARTS) as Part[]

/** Who scans what: own claims, what is asked for, what projects say, and what was looked at. */
export function Claims() {
  usePageTitle('Scans')
  const { data: me } = useQuery(meQuery)
  const { part } = useParams({ strict: false })
  const mine = ALL.filter((one) => PARTS[one][2].some((role) => me?.roles.includes(role)))
  const shown = part === undefined ? mine[0] : mine.find((one) => one === part)
  if (me === undefined) return null
  if (shown === undefined) return <Nowhere />
  const Shown = PARTS[shown][1]
  return (
    <div className="stack">
      <div>
        <h1>Scans</h1>
        <p className="i2">Say what you scan before you begin. Who overlaps is told to both, as a contact and nothing else.</p>
      </div>
      <nav className="tabs" aria-label="Parts of scans">
        {mine.map((one) => (
          <Link
            key={one}
            {...(one === mine[0] ? { to: '/claims' as const } : { to: '/claims/$part' as const, params: { part: one } })}
            {...(one === shown ? { 'aria-current': 'page' as const } : {})}
            activeOptions={{ exact: true }}
          >
            {PARTS[one][0]}
          </Link>
        ))}
      </nav>
      <Shown />
    </div>
  )
}
