import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import { meQuery } from '../api/queries.ts'
import { Icon } from '../parts/marks/icon.tsx'
import { type Desk, desksOf } from './desks.ts'

const LABELS: Record<Desk['group'], string | null> = { work: null, measured: 'Measured', rules: 'Rules' }

/** The desks at the left; folds to symbols where there is less room. */
export function Rail() {
  return (
    <nav className="rail" aria-label="Desks">
      <RailLinks />
    </nav>
  )
}

export function RailLinks({ onGo }: { onGo?: () => void }) {
  const { data: me } = useQuery(meQuery)
  const desks = desksOf(me)
  return (
    <>
      {(['work', 'measured', 'rules'] as const).map((group) => (
        <Fragment key={group}>
          {LABELS[group] ? <div className="label">{LABELS[group]}</div> : null}
          {desks
            .filter((desk) => desk.group === group)
            .map((desk) => (
              <Link
                key={desk.to}
                to={desk.to}
                activeOptions={{ exact: desk.to === '/report', includeSearch: false }}
                activeProps={{ 'aria-current': 'page' }}
                onClick={onGo}
              >
                <Icon name={desk.icon} />
                <span className="name">{desk.name}</span>
              </Link>
            ))}
        </Fragment>
      ))}
    </>
  )
}
