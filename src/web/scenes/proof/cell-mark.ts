import type { RunMarkKind } from '../../parts/marks/run-mark.tsx'

/** The mark of a cell by what came of its runs. */
export function markOf(outcome: 'silent' | 'fires' | 'sometimes' | 'other' | 'no-answer'): RunMarkKind {
  switch (outcome) {
    case 'fires':
    case 'other':
      return 'fires'
    case 'silent':
      return 'silent'
    case 'sometimes':
      return 'sometimes'
    case 'no-answer':
      return 'not-run'
  }
}
