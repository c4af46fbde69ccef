import { SCORERS, type Score } from '../../core/advisories/content.ts'
import { type Scored, scoreVector } from '../../core/priority/cvss/score.ts'

export interface RankedScore {
  readonly by: Score['by']
  readonly scored: Extract<Scored, { ok: true }>
}

/** Everybody's scores side by side, the vendor's first; a vector that has no score is left out. */
export function rankedScores(scores: readonly Score[]): RankedScore[] {
  return SCORERS.flatMap((scorer) =>
    scores.flatMap(({ by, vector }): RankedScore[] => {
      if (by !== scorer) return []
      const scored = scoreVector(vector)
      return scored.ok ? [{ by, scored }] : []
    }),
  )
}

/** One line a score, for formats that have one place for it: who, the vector, the number. */
export function scoreLine({ by, scored }: RankedScore): string {
  return `${by}: CVSS ${scored.version} ${scored.score.toFixed(1)} (${scored.severity}) ${scored.vector}`
}
