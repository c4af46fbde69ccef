import type { VexStatus } from './vex-statement.ts'

const STATES: ReadonlyMap<string, VexStatus> = new Map([
  ['resolved', 'fixed'],
  ['resolved_with_pedigree', 'fixed'],
  ['fixed', 'fixed'],
  ['exploitable', 'affected'],
  ['affected', 'affected'],
  ['in_triage', 'under-investigation'],
  ['under_investigation', 'under-investigation'],
  ['false_positive', 'not-affected'],
  ['not_affected', 'not-affected'],
])

/** What a format's own word for a state comes to (CycloneDX's `impactAnalysisState`, OpenVEX's `status`); null for other words. */
export function vexStatus(word: string): VexStatus | null {
  return STATES.get(word) ?? null
}
