import type { Compartment, ObjectKind } from './compartment.ts'

/** A person's part in one docket. One person may sit in several, except where `APART` says they are separate people. */
export const SEATS = [
  'developer-lead',
  'developer-engineer',
  'docket-officer',
  'access-custodian',
  'benchmark-custodian',
  'run-operator',
  'analyst',
  'second-analyst',
  'determining-authority',
  'partner-steward',
  'partner-person',
  'inspector',
] as const
export type Seat = (typeof SEATS)[number]

export type Side = 'developer' | 'office' | 'partner'

/** Pairs that must be two people in one docket. */
export const APART: readonly (readonly [Seat, Seat])[] = [
  ['access-custodian', 'benchmark-custodian'],
  ['access-custodian', 'analyst'],
  ['access-custodian', 'second-analyst'],
  ['benchmark-custodian', 'analyst'],
  ['benchmark-custodian', 'second-analyst'],
  ['analyst', 'second-analyst'],
]

interface SeatRow {
  readonly side: Side
  /** Compartments that come with the seat; no read-in is needed. */
  readonly holds: readonly Compartment[]
  /** Compartments that two officers may read this seat's person into. */
  readonly readable: readonly Compartment[]
  /** What of those compartments the seat reads. */
  readonly reads: readonly ObjectKind[]
}

const JOINT: readonly ObjectKind[] = ['head', 'terms', 'message', 'log', 'receipt', 'report', 'joint-document', 'progress']

/** Default deny: what a row does not name, its seat does not read. */
export const SEAT_TABLE: Readonly<Record<Seat, SeatRow>> = {
  'developer-lead': {
    side: 'developer',
    // Who admits, signs and revokes partners sees them, and depends on no officer of the other side for it.
    holds: ['D', 'J', 'P'],
    readable: [],
    reads: [...JOINT, 'endpoint', 'developer-document', 'reasoning', 'partner'],
  },
  'developer-engineer': {
    side: 'developer',
    holds: ['D', 'J'],
    readable: [],
    reads: [...JOINT, 'endpoint', 'developer-document', 'reasoning'],
  },
  'docket-officer': { side: 'office', holds: ['J'], readable: [], reads: JOINT },
  'access-custodian': { side: 'office', holds: ['J'], readable: ['D'], reads: [...JOINT, 'endpoint', 'developer-document'] },
  'benchmark-custodian': {
    side: 'office',
    holds: ['J'],
    readable: ['B'],
    reads: [...JOINT, 'suite', 'criterion', 'benchmark-document'],
  },
  'run-operator': { side: 'office', holds: ['J'], readable: [], reads: ['head', 'log', 'message', 'progress'] },
  analyst: {
    side: 'office',
    holds: ['J'],
    readable: ['R'],
    reads: [...JOINT, 'run-set', 'transcript', 'analysis', 'result-document'],
  },
  'second-analyst': {
    side: 'office',
    holds: ['J'],
    readable: ['R'],
    reads: [...JOINT, 'run-set', 'transcript', 'analysis', 'result-document'],
  },
  'determining-authority': {
    side: 'office',
    holds: ['J'],
    readable: ['D', 'B', 'R'],
    reads: [
      ...JOINT,
      'endpoint',
      'developer-document',
      'criterion',
      'run-set',
      'transcript',
      'analysis',
      'reason',
      'result-document',
    ],
  },
  'partner-steward': { side: 'office', holds: ['J'], readable: ['P'], reads: [...JOINT, 'partner'] },
  'partner-person': { side: 'partner', holds: [], readable: [], reads: ['grant'] },
  inspector: { side: 'office', holds: [], readable: [], reads: ['log'] },
}
