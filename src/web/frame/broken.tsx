import { problemOf } from '../api/failure.ts'
import { FailureNote } from '../parts/notice/failure-note.tsx'
import { Nowhere } from '../scenes/nowhere/nowhere.tsx'

/** The page itself failed: what is safe, what to do. What is not there and what may not be seen share one page. */
export function Broken({ error, reset }: { error: unknown; reset?: () => void }) {
  const code = problemOf(error)?.code
  if (code === 'thing.not-found' || code === 'session.required') return <Nowhere />
  return (
    <div className="stack measure">
      <h1>This page stopped</h1>
      <FailureNote error={error} not="Not shown." safe="Nothing that was stored is touched." />
      <p>
        <button type="button" className="btn" onClick={() => (reset ? reset() : location.reload())}>
          Load it again
        </button>
      </p>
    </div>
  )
}
