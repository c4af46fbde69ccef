import { Link } from '@tanstack/react-router'
import type { ValidationRow } from '../../../contract/shapes/validation.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { When } from '../../parts/time/when.tsx'
import { useStopValidation } from './queries.ts'
import { STATE, TASK } from './words.ts'

/** One validation: what was asked, where it stands, how far it is; it can be stopped while it runs. */
export function ValidationLine({ row }: { row: ValidationRow }) {
  const stop = useStopValidation()
  const { progress } = row
  return (
    <li className="stack tight validation">
      <div className="row between wrap s">
        <span>
          <Link to="/validations/$id" params={{ id: row.id }} className="b">
            {STATE[row.state]}
          </Link>{' '}
          <span className="i2">{row.tasks.map((task) => TASK[task].name.toLowerCase()).join(', ')}</span>
        </span>
        <span className="xs i3">
          <When at={row.endedAt ?? row.startedAt ?? row.askedAt} />
        </span>
      </div>
      {row.state === 'running' && progress !== null && progress.total > 0 ? (
        <progress
          max={progress.total}
          value={Math.min(progress.done, progress.total)}
          aria-label={`${progress.done} of ${progress.total} steps`}
        />
      ) : null}
      <p className="xs i2">
        {row.state === 'running' && progress !== null ? (
          <>
            <Inert text={progress.say} />
            {progress.total > 0 ? `, ${progress.done} of ${progress.total}` : ''}
          </>
        ) : row.state === 'waiting' && row.waitsFor !== null ? (
          <Inert text={row.waitsFor} />
        ) : (
          <Inert text={row.say} />
        )}
      </p>
      {row.mayStop && (row.state === 'running' || row.state === 'waiting') ? (
        <div className="row wrap">
          <button type="button" className="btn small" disabled={stop.isPending} onClick={() => stop.mutate(row.id)}>
            Stop it
          </button>
          <span className="xs i3">What was told so far stays; no statement is signed.</span>
        </div>
      ) : null}
      {stop.error ? <FailureNote error={stop.error} not="Not stopped." /> : null}
    </li>
  )
}
