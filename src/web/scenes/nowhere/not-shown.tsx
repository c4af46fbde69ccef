import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { isHidden } from './is-hidden.ts'
import { Nowhere } from './nowhere.tsx'

/** What stands in a scene's place when its data did not come: the one page that tells nothing, or what went wrong. */
export function NotShown({ error, not }: { error: unknown; not: string }) {
  return isHidden(error) ? <Nowhere /> : <FailureNote error={error} not={not} />
}
