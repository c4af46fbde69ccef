import { Link, useParams } from '@tanstack/react-router'
import { usePageTitle } from '../../frame/page-title.ts'
import { Nowhere } from '../nowhere/nowhere.tsx'
import { EdgePart } from './edge-part.tsx'
import { Inventories } from './inventories.tsx'
import { Needs } from './needs.tsx'
import { Patched } from './patched.tsx'
import { RulePart } from './rule-part.tsx'
import { useOwedFresh } from './use-owed-news.ts'

const PARTS = {
  now: ['What needs you now', Needs],
  inventories: ['Inventories', Inventories],
  edge: ['Edge devices', EdgePart],
  rule: ['Rule', RulePart],
  patched: ['Patched over time', Patched],
} as const
type Part = keyof typeof PARTS
const ALL = Object.keys(PARTS) as Part[]

/** What an operator must patch, where, by when and why; what they run; the rule they go by; how much is patched. */
export function Exposure() {
  const { part } = useParams({ strict: false })
  const shown = part === undefined ? 'now' : ALL.find((one) => one === part && one !== 'now')
  usePageTitle(shown === undefined ? 'Not found' : PARTS[shown][0])
  useOwedFresh()
  if (shown === undefined) return <Nowhere />
  const Shown = PARTS[shown][1]
  return (
    <div className="stack exposure">
      <h1>{PARTS[shown][0]}</h1>
      <nav className="tabs" aria-label="Parts of exposure">
        {ALL.map((one) => (
          <Link
            key={one}
            {...(one === 'now' ? { to: '/exposure' as const } : { to: '/exposure/$part' as const, params: { part: one } })}
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
