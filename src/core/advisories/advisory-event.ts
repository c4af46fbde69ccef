import type { Id } from '../kernel/id.ts'
import type { Instant } from '../kernel/instant.ts'
import type { AdvisoryContent } from './content.ts'

interface Stamp {
  readonly advisory: Id<'advisory'>
  readonly at: Instant
  readonly by: Id<'person'> | null
}

/** What happens to an advisory. Content in an event is secret until published: whoever stores events keeps it sealed. */
export type AdvisoryEvent = Stamp &
  (
    | { readonly type: 'advisory-drafted'; readonly case: Id<'case'> | null; readonly content: AdvisoryContent }
    | { readonly type: 'advisory-edited'; readonly content: AdvisoryContent }
    | { readonly type: 'advisory-readied' }
    | { readonly type: 'advisory-release-planned'; readonly release: Instant | null }
    | { readonly type: 'advisory-published'; readonly why: 'no-embargo' | 'embargo-ended' | 'all-agreed' }
    | { readonly type: 'advisory-corrected'; readonly content: AdvisoryContent; readonly what: string }
    | { readonly type: 'advisory-withdrawn'; readonly reason: string; readonly rejectsCves: boolean }
  )
