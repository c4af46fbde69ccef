import { DAY } from '../kernel/instant.ts'
import { SMALL_BELOW, suppressSmall } from '../kernel/suppress.ts'
import {
  DOCKET_KINDS,
  DOCKET_STATES,
  type Docket,
  type DocketKind,
  type DocketState,
  RECORDED,
  type Recorded,
} from './docket.ts'

/** What the statistics keep of one docket, also after its closing. Why anybody withdrew is nowhere and can be counted nowhere. */
export interface DocketCounted {
  readonly kind: DocketKind
  readonly state: DocketState
  /** Null: nothing recorded. */
  readonly recorded: Recorded | null
  readonly withdrawn: boolean
  /** Whole days of 24 hours, rounded, that its window was open; null while none has closed. */
  readonly windowDays: number | null
}

/** Null: withheld, because it or a neighbour is small. */
type Cell = number | null

export interface DocketTally {
  readonly byKind: Readonly<Record<string, Cell>>
  readonly byState: Readonly<Record<string, Cell>>
  /** With `none` for dockets without a record. */
  readonly byRecorded: Readonly<Record<string, Cell>>
  readonly withdrawn: Cell
  /** Median of whole days that windows were open; null below `SMALL_BELOW` windows. */
  readonly medianDays: number | null
  readonly say: string
}

/** The few facts of a docket that the statistics count. */
export function countedOf(docket: Docket): DocketCounted {
  const { kind, state, determination, withdrawnAt, window } = docket
  const open = window?.openedAt ?? null
  const closed = window?.closed?.at ?? null
  const windowDays = open === null || closed === null ? null : Math.round(Math.max(0, closed - open) / DAY)
  return { kind, state, recorded: determination?.recorded ?? null, withdrawn: withdrawnAt !== null, windowDays }
}

/** Unclassified counts over all dockets for everyone, each row with its small cells withheld. */
export function tallyDockets(dockets: readonly DocketCounted[]): DocketTally {
  const gone = dockets.filter(({ withdrawn }) => withdrawn).length
  const [withdrawn = null] = suppressSmall([gone, dockets.length - gone])
  const days = dockets.flatMap(({ windowDays }) => (windowDays === null ? [] : [windowDays]))
  return {
    byKind: row(DOCKET_KINDS, dockets, ({ kind }) => kind),
    byState: row(DOCKET_STATES, dockets, ({ state }) => state),
    byRecorded: row([...RECORDED, 'none'], dockets, ({ recorded }) => recorded ?? 'none'),
    withdrawn,
    medianDays: days.length < SMALL_BELOW ? null : median(days),
    say: `Counts below ${SMALL_BELOW} are withheld, and others beside them so that nothing follows by subtraction.`,
  }
}

function row(
  words: readonly string[],
  dockets: readonly DocketCounted[],
  wordOf: (docket: DocketCounted) => string,
): Readonly<Record<string, Cell>> {
  const counts = new Map(words.map((word) => [word, 0]))
  for (const docket of dockets) counts.set(wordOf(docket), (counts.get(wordOf(docket)) ?? 0) + 1)
  const shown = suppressSmall([...counts.values()])
  return Object.fromEntries([...counts.keys()].map((word, n) => [word, shown[n] ?? null]))
}

function median(days: readonly number[]): number {
  const sorted = [...days].sort((a, b) => a - b)
  const half = Math.floor(sorted.length / 2)
  const high = sorted[half] ?? 0
  return sorted.length % 2 === 1 ? high : ((sorted[half - 1] ?? high) + high) / 2
}
