import { Unreachable } from '../../api/failure.ts'
import { FailureNote } from '../../parts/notice/failure-note.tsx'

/** Why an act was not taken; of silence, that nobody knows, and that sending again does nothing twice. */
export function ActFailure({ error, not, safe = '' }: { error: unknown; not: string; safe?: string }) {
  if (!error) return null
  return error instanceof Unreachable ? (
    <FailureNote
      error={error}
      not="Nobody knows whether this was kept."
      safe={`${safe} Send it again: nothing is done twice.`}
    />
  ) : (
    <FailureNote error={error} not={not} safe={safe} />
  )
}
