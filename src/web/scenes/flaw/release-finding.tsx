import { useState } from 'react'
import type { FindingColumn } from '../../../contract/shapes/flaw.ts'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { useRelease } from './acts.ts'

/** Telling a finder that the flaw is known already: shared, not to be taken back, therefore asked twice and never by a key. */
export function ReleaseFinding({ finding, alone }: { finding: FindingColumn; alone: boolean }) {
  const [asking, setAsking] = useState(false)
  const release = useRelease()
  if (alone) return null
  if (finding.released) return <p className="xs i3">Its finder may see “known already”.</p>
  if (!asking) {
    return (
      <p>
        <button type="button" className="btn small" onClick={() => setAsking(true)}>
          Let its finder know that it is known already
        </button>
      </p>
    )
  }
  return (
    <div className="note soon stack tight">
      <p>
        The status of this receipt will say “known already”, nothing more. That others hold the same flaw is then no secret to
        this finder. <b>It cannot be taken back.</b>
      </p>
      <div className="row wrap">
        <button
          type="button"
          className="btn small"
          disabled={release.isPending}
          onClick={() => release.mutate(finding.id, { onSuccess: () => setAsking(false) })}
        >
          Tell finder {finding.letter}
        </button>
        <button type="button" className="btn small" onClick={() => setAsking(false)}>
          Do not tell
        </button>
      </div>
      {release.error ? <FailureNote error={release.error} not="Not told." /> : null}
    </div>
  )
}
