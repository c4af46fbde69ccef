// What follows when an embargo is broken. The two axes are Akrites'; what follows in each cell is this program's own rule: how much is
// out decides about the embargo, how it got out decides about access, and neither decides without a person about anybody's standing.

export const BREAK_EXTENTS = ['none', 'partial', 'full'] as const
export type BreakExtent = (typeof BREAK_EXTENTS)[number]

export const BREAK_CAUSES = ['accidental', 'malicious', 'third-party'] as const
export type BreakCause = (typeof BREAK_CAUSES)[number]

export interface BreakOutcome {
  /** `revise`: a shorter end is proposed and the old terms hold meanwhile. */
  readonly embargo: 'stands' | 'revise' | 'ends'
  /** Reads of whoever broke it: kept, or held until a coordinator has decided. A third party is none of the participants. */
  readonly access: 'kept' | 'held' | 'nobody-to-hold'
  readonly tell: 'coordinator' | 'participants'
  /** What a person is asked to decide or do. */
  readonly asks: string
}

/** Version of the table, for the record of a decision. */
export const BREAK_MATRIX = 'weir-break-matrix/1.0.0'

const EXTENT: Readonly<Record<BreakExtent, Pick<BreakOutcome, 'embargo' | 'tell'>>> = {
  none: { embargo: 'stands', tell: 'coordinator' },
  partial: { embargo: 'revise', tell: 'participants' },
  full: { embargo: 'ends', tell: 'participants' },
}

const ACCESS: Readonly<Record<BreakCause, BreakOutcome['access']>> = {
  accidental: 'kept',
  malicious: 'held',
  'third-party': 'nobody-to-hold',
}

const ASKS: Readonly<Record<BreakExtent, Readonly<Record<BreakCause, string>>>> = {
  none: {
    accidental: 'Have it taken back where it went, and note how it happened.',
    malicious: 'Decide whether the participant stays in the case; nothing has come out.',
    'third-party': 'Find out whether somebody found the flaw independently, and whether to invite them.',
  },
  partial: {
    accidental: 'Have it taken back where that is possible, and agree on an earlier end.',
    malicious: 'Decide whether the participant stays in the case, and agree on an earlier end.',
    'third-party': 'Ask the third party to wait, invite them if they will, and agree on an earlier end.',
  },
  full: {
    accidental: 'Release what helps defenders now; note how it happened.',
    malicious: 'Release what helps defenders now; decide whether the participant may join other cases.',
    'third-party': 'Release what helps defenders now; credit an independent finder.',
  },
}

/** What follows from a break of that extent and cause. */
export function afterBreak(extent: BreakExtent, cause: BreakCause): BreakOutcome {
  return { ...EXTENT[extent], access: ACCESS[cause], asks: ASKS[extent][cause] }
}
