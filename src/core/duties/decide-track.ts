import { accept, type Decision, type Refused, refuse } from '../kernel/decision.ts'
import type { Id } from '../kernel/id.ts'
import type { Instant } from '../kernel/instant.ts'
import { type Duty, MARKS } from './duty.ts'
import { isAddress, isLine } from './plain-line.ts'
import type { Evidence, Track, TrackCommand, TrackEvent } from './track.ts'

/** Why a track did not take what it was told; a sentence for whoever asked. */
export const TRACK_REFUSALS = {
  'duty.standing': 'A standing duty is never done; note what was done for it.',
  'duty.reported': 'It is reported as done already; take that back first, or dispute it.',
  'duty.not-reported': 'It is not reported as done.',
  'duty.not-disputed': 'Nobody disputes the report.',
  'duty.no-evidence': 'Name one to twenty pieces of evidence, each with a title; an address must be https.',
  'duty.no-reason': 'Say why in at most 2,000 plain characters.',
  'duty.future': 'What was done was done in the past, and not before the instrument.',
  'duty.full': 'This duty keeps as many entries of this sort as it can.',
} as const

export type TrackRefusal = keyof typeof TRACK_REFUSALS

const MOST_ENTRIES = 500
const MOST_EVIDENCE = 20

/** What a command does to what is said of a duty. */
export function decideTrack(
  duty: Duty,
  track: Track,
  command: TrackCommand,
  by: Id<'person'> | null,
  now: Instant,
): Decision<TrackEvent, TrackRefusal> {
  const stamp = { duty: duty.id, at: now, by }
  switch (command.do) {
    case 'report-done': {
      const { doneAt, evidence } = command
      if (duty.due.kind === 'standing') return no('duty.standing')
      if (track.status !== 'not-reported') return no('duty.reported')
      if (!Number.isInteger(doneAt) || doneAt > now || doneAt < duty.instrument.from) return no('duty.future')
      if (!areEvidence(evidence, 1)) return no('duty.no-evidence')
      return accept<TrackEvent>({ type: 'duty-reported', ...stamp, doneAt, evidence })
    }
    case 'take-back':
      if (track.status === 'not-reported') return no('duty.not-reported')
      return isLine(command.reason, 2_000)
        ? accept<TrackEvent>({ type: 'report-taken-back', ...stamp, reason: command.reason })
        : no('duty.no-reason')
    case 'dispute':
      if (track.status !== 'reported-done') return no('duty.not-reported')
      if (!isLine(command.reason, 2_000)) return no('duty.no-reason')
      if (!areEvidence(command.evidence, 0)) return no('duty.no-evidence')
      return accept<TrackEvent>({ type: 'report-disputed', ...stamp, reason: command.reason, evidence: command.evidence })
    case 'answer-dispute':
      if (track.status !== 'disputed') return no('duty.not-disputed')
      if (track.answered.length >= MOST_ENTRIES) return no('duty.full')
      return isLine(command.reason, 2_000)
        ? accept<TrackEvent>({ type: 'dispute-answered', ...stamp, stands: command.stands, reason: command.reason })
        : no('duty.no-reason')
    case 'note':
      if (track.notes.length >= MOST_ENTRIES) return no('duty.full')
      return isLine(command.text, 2_000) && MARKS.includes(command.mark)
        ? accept<TrackEvent>({ type: 'duty-noted', ...stamp, text: command.text, mark: command.mark })
        : no('duty.no-reason')
  }
}

function areEvidence(list: readonly Evidence[], least: number): boolean {
  return list.length >= least && list.length <= MOST_EVIDENCE && list.every(isEvidence)
}

function isEvidence({ title, address, mark }: Evidence): boolean {
  return isLine(title, 300) && (address === null || isAddress(address)) && MARKS.includes(mark)
}

function no(code: TrackRefusal): Refused<TrackRefusal> {
  return refuse(code, TRACK_REFUSALS[code])
}
