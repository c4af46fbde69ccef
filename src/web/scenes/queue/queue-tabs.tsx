import { Link } from '@tanstack/react-router'
import type { FlawPageOfRows } from '../../../contract/shapes/flaw.ts'
import { count } from '../../parts/time/format.ts'
import type { QueueSearch, Tab } from './queue-search.ts'

const NAMES: readonly (readonly [Tab, string, keyof FlawPageOfRows['tabs']])[] = [
  ['needs-me', 'Needs me', 'needsMe'],
  ['waiting', 'Waiting on others', 'waiting'],
  ['everything', 'Everything', 'everything'],
]

/** Whose move it is, with counts; sort and filter are kept. */
export function QueueTabs({ search, tabs }: { search: QueueSearch; tabs: FlawPageOfRows['tabs'] | null }) {
  const { tab: current = 'needs-me', ...rest } = search
  return (
    <nav className="tabs" aria-label="Views">
      {NAMES.map(([tab, name, key]) => (
        <Link
          key={tab}
          to="/queue"
          search={tab === 'needs-me' ? rest : { ...rest, tab }}
          replace
          aria-current={tab === current ? 'page' : undefined}
          activeProps={{}}
          activeOptions={{ exact: true, explicitUndefined: true }}
        >
          {name} <span>{tabs ? count(tabs[key]) : ''}</span>
        </Link>
      ))}
    </nav>
  )
}
