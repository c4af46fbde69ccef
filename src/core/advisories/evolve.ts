import { type Advisory, FIRST_REVISION, type Revision } from './advisory.ts'
import type { AdvisoryEvent } from './advisory-event.ts'
import type { AdvisoryContent } from './content.ts'

/**
 * The advisory after one of its own events; null before its first. Throws on an event of another advisory, which is an accident
 * of storage and never a person's doing.
 */
export function evolveAdvisory(advisory: Advisory | null, event: AdvisoryEvent): Advisory {
  if (event.type === 'advisory-drafted') {
    const { advisory: id, case: from, content: draft } = event
    return { id, version: 1, state: 'draft', case: from, draft, release: null, revisions: [], withdrawn: null }
  }
  if (advisory === null || advisory.id !== event.advisory) {
    throw new Error(`event ${event.type} of ${event.advisory} applied to ${advisory?.id ?? 'nothing'}`)
  }
  return { ...advisory, ...change(advisory, event), version: advisory.version + 1 }
}

/** An advisory from all its events in order; null of none. */
export function replayAdvisory(events: readonly AdvisoryEvent[]): Advisory | null {
  return events.reduce<Advisory | null>(evolveAdvisory, null)
}

function change(advisory: Advisory, event: Exclude<AdvisoryEvent, { type: 'advisory-drafted' }>): Partial<Advisory> {
  switch (event.type) {
    // Whoever edits what was ready makes somebody look at it again.
    case 'advisory-edited':
      return { state: 'draft', draft: event.content }
    case 'advisory-readied':
      return { state: 'ready' }
    case 'advisory-release-planned':
      return { release: event.release }
    case 'advisory-published':
      if (advisory.draft === null) throw new Error(`advisory ${advisory.id} is published without a draft`)
      return { state: 'published', draft: null, release: null, revisions: [revision(1, event, FIRST_REVISION, advisory.draft)] }
    case 'advisory-corrected': {
      const next = revision(advisory.revisions.length + 1, event, event.what, event.content)
      return { state: 'corrected', revisions: [...advisory.revisions, next] }
    }
    case 'advisory-withdrawn': {
      const { at, by, reason, rejectsCves } = event
      if (by === null) throw new Error(`advisory ${advisory.id} is withdrawn by nobody`)
      return { state: 'withdrawn', withdrawn: { at, by, reason, rejectsCves } }
    }
  }
}

function revision(number: number, { at, by }: AdvisoryEvent, what: string, content: AdvisoryContent): Revision {
  return { number, at, by, what, content }
}
