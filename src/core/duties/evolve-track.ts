import type { Track, TrackEvent } from './track.ts'

/** A duty of which nothing has been said. */
export function openTrack(duty: string): Track {
  return { duty, version: 0, status: 'not-reported', report: null, dispute: null, answered: [], notes: [] }
}

/** What is said of a duty after one of its events. Throws on an event of another duty, which is an accident of storage. */
export function evolveTrack(track: Track, event: TrackEvent): Track {
  if (track.duty !== event.duty) throw new Error(`event ${event.type} of ${event.duty} applied to ${track.duty}`)
  const { at } = event
  const next = { ...track, version: track.version + 1 }
  switch (event.type) {
    case 'duty-reported':
      return { ...next, status: 'reported-done', report: { doneAt: event.doneAt, evidence: event.evidence, at } }
    case 'report-taken-back':
      return { ...next, status: 'not-reported', report: null, dispute: null }
    case 'report-disputed':
      return { ...next, status: 'disputed', dispute: { reason: event.reason, evidence: event.evidence, at } }
    case 'dispute-answered': {
      const answered = [...track.answered, { stands: event.stands, reason: event.reason, at }]
      return event.stands
        ? { ...next, status: 'reported-done', dispute: null, answered }
        : { ...next, status: 'not-reported', report: null, dispute: null, answered }
    }
    case 'duty-noted':
      return { ...next, notes: [...track.notes, { text: event.text, mark: event.mark, at }] }
  }
}
