import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { isOver, useLive } from '../api/live.ts'
import { meQuery, tallyQuery } from '../api/queries.ts'
import { bindingsInForce, onKeysChange } from '../parts/keys/keys.ts'
import { count } from '../parts/time/format.ts'
import { IntakeJob } from './intake-job.tsx'

const STAYS = 60_000

/** Long jobs, the ledger's head, and the keys that matter most here. A job that is over stays for a minute. */
export function Foot() {
  const jobs = useJobs()
  const { data: me } = useQuery(meQuery)
  const { moves, opens } = useKeysHere()
  const { data: tally } = useQuery(tallyQuery)
  return (
    <footer className="foot">
      <div className="grow">
        {jobs.length > 0 ? (
          jobs.slice(0, 2).map((job) => <IntakeJob key={job.report} job={job} />)
        ) : me?.roles.some((role) => role === 'finder' || role === 'coordinator') ? (
          <span>No report is being read</span>
        ) : null}
        {tally ? (
          <Link className="quiet extra" to="/public">
            Ledger {count(tally.ledger.size)} entries{tally.ledger.stopped ? ', stopped' : ''}
          </Link>
        ) : null}
      </div>
      <div className="keys" aria-hidden="true">
        {moves ? (
          <span>
            <kbd>J</kbd> <kbd>K</kbd> move
          </span>
        ) : null}
        {opens ? (
          <span>
            <kbd>Enter</kbd> open
          </span>
        ) : null}
        <span>
          <kbd>?</kbd> all keys
        </span>
      </div>
    </footer>
  )
}

/** Uploads under way first, then those that ended within the last minute. */
function useJobs(): ReturnType<typeof useLive>['jobs'] {
  const { jobs } = useLive()
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 5_000)
    return () => clearInterval(timer)
  }, [])
  const shown = jobs.filter((job) => !isOver(job) || now - job.heardAt < STAYS)
  return shown.sort((a, b) => Number(isOver(a)) - Number(isOver(b)))
}

/** Whether this page has rows to move over and to open. */
function useKeysHere(): { readonly moves: boolean; readonly opens: boolean } {
  const bound = useSyncExternalStore(onKeysChange, () => {
    const keys = new Set(bindingsInForce().map((binding) => binding.keys))
    return `${keys.has('j')} ${keys.has('Enter')}`
  })
  return { moves: bound.startsWith('true'), opens: bound.endsWith('true') }
}
