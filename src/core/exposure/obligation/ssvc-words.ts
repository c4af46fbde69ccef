import type { Instant } from '../../kernel/instant.ts'
import type { Signals } from './signals.ts'
import type { Stated } from './stated.ts'

const EXPLOITATION: ReadonlyMap<string, 'N' | 'P' | 'A'> = new Map([
  ['none', 'N'],
  ['poc', 'P'],
  ['public poc', 'P'],
  ['active', 'A'],
])
const AUTOMATABLE: ReadonlyMap<string, 'N' | 'Y'> = new Map([
  ['no', 'N'],
  ['yes', 'Y'],
])
const IMPACT: ReadonlyMap<string, 'P' | 'T'> = new Map([
  ['partial', 'P'],
  ['total', 'T'],
])

/** The SSVC answers as their feeds write them, in words; any case, unknown words count as not said. */
export interface SsvcWords {
  readonly exploitation: string | null
  readonly automatable: string | null
  readonly impact: string | null
}

/** The three signals that a feed's SSVC answers give. */
export function ssvcSignals(
  words: SsvcWords,
  by: string,
  source: string,
  at: Instant | null,
): Pick<Signals, 'exploitation' | 'automatable' | 'impact'> {
  const said = <T>(map: ReadonlyMap<string, T>, word: string | null): Stated<T> | null => {
    const value =
      word === null || word.length > 20
        ? undefined
        : map.get(
            word
              .trim()
              .toLowerCase()
              .replace(/[\s_-]+/g, ' '),
          )
    return value === undefined ? null : { value, by, source, at }
  }
  return {
    exploitation: said(EXPLOITATION, words.exploitation),
    automatable: said(AUTOMATABLE, words.automatable),
    impact: said(IMPACT, words.impact),
  }
}
