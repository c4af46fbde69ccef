import type { Features } from './features.ts'
import type { Reason } from './reason.ts'
export function scorePair(_a: Features, _b: Features): { score: number; reasons: readonly Reason[] } {
  return { score: 0.5, reasons: [] }
}
