/** Names the algorithm and the figures below in every decision; a change of either is a new version. */
export const SCORING = 'pair-score/1'

/** At this score two findings are joined without asking. */
export const MERGE_AT = 0.99
/** From this score on a person, or a validator, is asked. */
export const ASK_AT = 0.4

// A sure key joins a finding; two flaws it meets at once are asked about, never merged, so they stand below `MERGE_AT`.
export const BRIDGED = 0.9

/** Log-odds of a pair that shares a candidate key and nothing else. */
export const PRIOR = -2.5

/** How much each observation speaks for one flaw (above 0) or against it (below 0), in log-odds added to `PRIOR`. */
export const WEIGHTS = {
  'key-same': 4,
  'alias-same': 6,
  'alias-differs': -6,
  'target-same': 0.7,
  'target-differs': -1.2,
  'line-text-same': 2.6,
  'lines-equal': 2.2,
  'lines-near': 1.6,
  'lines-far': -2.5,
  'lines-differ': -0.8,
  'path-differs': -1.5,
  'symbol-same': 1.3,
  'frame-first-same': 3.4,
  'frames-run': 1,
  'frames-differ': -2.5,
  'crash-same': 1,
  'crash-differs': -0.6,
  'cwe-same': 0.8,
  'cwe-ancestor': 0.6,
  'cwe-sibling': 0.3,
  'family-kin': 0.4,
  'family-differs': -1.6,
  'rule-same': 0.6,
  'rule-differs': -1,
  'title-words': 3,
  'text-words': 2.5,
  'text-runs': 4,
  'codes-shared': 2,
} as const

export type Observation = keyof typeof WEIGHTS

/** Without one of these, or with one of `OPPOSED`, a score goes no higher than `SOFT_MOST`: it asks, it does not merge. */
export const HARD: readonly Observation[] = ['alias-same', 'frame-first-same', 'line-text-same', 'lines-equal']
export const OPPOSED: readonly Observation[] = [
  'alias-differs',
  'target-differs',
  'path-differs',
  'frames-differ',
  'lines-differ',
]
export const SOFT_MOST = 0.98
