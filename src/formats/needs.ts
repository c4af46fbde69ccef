import type { Finding } from '../core/findings/finding.ts'
import type { NeedsCode } from '../core/findings/refusal.ts'

/** What a finding lacks before anybody can work on it. */
export function needsOf(finding: Finding): NeedsCode[] {
  const needs: NeedsCode[] = []
  if (finding.target === null) needs.push('needs.target')
  if (finding.title === '' && finding.text === '' && finding.crash === null) needs.push('needs.description')
  return needs
}
