import type { ProblemCode } from '../../../contract/problem.ts'
import type { Refused } from '../../../core/kernel/decision.ts'
import type { ScanRefusal } from '../../../core/scans/scan-refusal.ts'
import { type Denied, denied } from '../answer.ts'

/** A refusal of core/scans as a problem: its sentence, and its code as the place. */
export function scanDenied({ code, say }: Refused<ScanRefusal>): Denied {
  return denied(problemOf(code), say, code)
}

function problemOf(code: ScanRefusal): ProblemCode {
  if (code === 'target.opted-out' || code === 'target.needs-consent' || code === 'claim.key-used') return 'claim.refused'
  if (code.startsWith('quota.')) return 'quota.exceeded'
  if (code.startsWith('target.')) return 'target.refused'
  if (code.startsWith('certificate.')) return 'certificate.refused'
  if (code === 'claim.days' || code === 'claim.text' || code === 'request.criticality') return 'request.invalid'
  if (code.startsWith('notice.') && code !== 'notice.ended') return 'request.invalid'
  return code.startsWith('claim.') ? 'claim.refused' : 'scan.refused'
}
