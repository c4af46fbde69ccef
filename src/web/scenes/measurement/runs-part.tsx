import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { DocketView } from '../../../contract/shapes/docket.ts'
import type { RunSetRow } from '../../../contract/shapes/measurement.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { Empty } from '../../parts/notice/empty.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { count, duration } from '../../parts/time/format.ts'
import { When } from '../../parts/time/when.tsx'
import { isHidden } from '../nowhere/is-hidden.ts'
import { ImportLogs } from './import-logs.tsx'
import { runSetsQuery } from './queries.ts'
import { StartRuns } from './start-runs.tsx'

const STATE = { waiting: 'Waits', running: 'Runs', done: 'Done', stopped: 'Stopped', failed: 'Failed' } as const

/** Measurements of the docket: run sets with their progress, time left and cost. */
export function RunsPart({ docket }: { docket: DocketView }) {
  const { data, error } = useQuery(runSetsQuery(docket.id))
  if (error && !data)
    return isHidden(error) ? (
      <p className="i2">Measurements are shown to those who are read into results, and their progress to the office.</p>
    ) : (
      <FailureNote error={error} not="The measurements are not shown." />
    )
  if (!data) return <Waiting rows={5} what="measurements" />
  return (
    <div className="stack wide">
      {data.rows.length === 0 ? (
        <Empty fact="Nothing was measured yet.">
          Runs start once the window is open; <Link to="/planner">the planner</Link> says before that what they will tell.
        </Empty>
      ) : (
        <table className="blocks">
          <caption className="vh">Run sets, newest first</caption>
          <thead>
            <tr>
              <th scope="col">Run set</th>
              <th scope="col">State</th>
              <th scope="col">Attempts</th>
              <th scope="col" className="num">
                Tokens
              </th>
              <th scope="col" className="num">
                Cost
              </th>
              <th scope="col">Asked, UTC</th>
            </tr>
          </thead>
          <tbody>
            {data.rows.map((row) => (
              <RunLine key={row.id} docket={docket.id} row={row} />
            ))}
          </tbody>
        </table>
      )}
      {data.mayStart ? <StartRuns docket={docket} /> : null}
      {docket.may.includes('analyse') ? <ImportLogs docket={docket.id} /> : null}
    </div>
  )
}

function RunLine({ docket, row }: { docket: string; row: RunSetRow }) {
  return (
    <tr>
      <td>
        {row.suite === null ? (
          <span className="mono xs">{row.id}</span>
        ) : (
          <Link to="/dockets/$id/runs/$run" params={{ id: docket, run: row.id }} className="b">
            <Inert text={row.suite} />
          </Link>
        )}
        <span className="second xs i3">
          {row.source === 'import' ? 'imported logs' : <Inert text={row.profile ?? 'measured'} />}
        </span>
      </td>
      <td>
        {STATE[row.state]}
        <span className="second xs i3">
          <Inert text={row.say} />
        </span>
      </td>
      <td>
        {count(row.finished)} of {count(row.attempts)}
        {row.state === 'running' ? (
          <>
            <progress
              className="progressbar"
              max={Math.max(1, row.attempts)}
              value={row.finished}
              aria-label="Attempts finished"
            />
            <span className="second xs i3">
              {row.leftMs === null ? 'time left not known yet' : `about ${duration(row.leftMs)} left`}
            </span>
          </>
        ) : null}
      </td>
      <td className="num">{count(row.tokens)}</td>
      <td className="num">{row.cost === null ? <span className="i3">not counted</span> : `$${row.cost.toFixed(2)}`}</td>
      <td>
        <When at={row.askedAt} />
      </td>
    </tr>
  )
}
