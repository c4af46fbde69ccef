import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useLive } from '../api/live.ts'
import { tallyQuery } from '../api/queries.ts'
import { count } from '../parts/time/format.ts'
import { IntakeJob } from './intake-job.tsx'

/** Long jobs, the ledger's head, and the keys that matter most. */
export function Foot() {
  const { jobs } = useLive()
  const { data: tally } = useQuery(tallyQuery)
  return (
    <footer className="foot">
      <div className="grow">
        {jobs.length === 0 ? (
          <span>No report is being read</span>
        ) : (
          jobs.slice(0, 2).map((job) => <IntakeJob key={job.report} job={job} />)
        )}
        {tally ? (
          <Link className="quiet extra" to="/public">
            Ledger {count(tally.ledger.size)} entries{tally.ledger.stopped ? ', stopped' : ''}
          </Link>
        ) : null}
      </div>
      <div className="keys" aria-hidden="true">
        <span>
          <kbd>J</kbd> <kbd>K</kbd> move
        </span>
        <span>
          <kbd>Enter</kbd> open
        </span>
        <span>
          <kbd>?</kbd> all keys
        </span>
      </div>
    </footer>
  )
}
