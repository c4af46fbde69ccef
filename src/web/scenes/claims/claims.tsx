import { Link, useParams } from '@tanstack/react-router'
import { usePageTitle } from '../../frame/page-title.ts'
import { Nowhere } from '../nowhere/nowhere.tsx'
import { Coverage } from './coverage.tsx'
import { OptOuts } from './opt-outs.tsx'
import { OwnClaims } from './own-claims.tsx'
import { ScanRequests } from './scan-requests.tsx'

const PARTS = {
  own: ['Own claims', OwnClaims],
  requests: ['Asked for', ScanRequests],
  'opt-outs': ['What projects say', OptOuts],
  coverage: ['Coverage', Coverage],
} as const
type Part = keyof typeof PARTS

const isPart = (part: string): part is Part => Object.hasOwn(PARTS, part)

/** Who scans what: own claims, what is asked for, what projects say, and what was looked at. */
export function Claims() {
  usePageTitle('Scans')
  const { part = 'own' } = useParams({ strict: false })
  if (!isPart(part)) return <Nowhere />
  const Shown = PARTS[part][1]
  return (
    <div className="stack">
      <div>
        <h1>Scans</h1>
        <p className="i2">Say what you scan before you begin. Who overlaps is told to both, as a contact and nothing else.</p>
      </div>
      <nav className="tabs" aria-label="Parts of scans">
        {(Object.keys(PARTS) as Part[]).map((one) => (
          <Link
            key={one}
            {...(one === 'own' ? { to: '/claims' as const } : { to: '/claims/$part' as const, params: { part: one } })}
            {...(one === part ? { 'aria-current': 'page' as const } : {})}
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
