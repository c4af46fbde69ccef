import type { ScanTarget } from '../../../core/scans/scan-target.ts'
import { WEAKNESSES } from './weakness-tree.ts'

/** The family of weaknesses that a look at a target was about: the map of coverage knows no finer class. Null: all of them. */
export function familyIn({ weakness }: Pick<ScanTarget, 'weakness'>): string | null {
  if (weakness === null) return null
  return weakness.kind === 'family' ? weakness.family : (WEAKNESSES.familyOf(weakness.cwe) ?? 'other')
}
