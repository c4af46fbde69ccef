import { type Instant, parseInstant } from '../../../core/kernel/instant.ts'
import { no, SCAN_REFUSALS } from '../../../core/scans/scan-refusal.ts'
import { nameTarget } from '../../../core/scans/target-name.ts'
import { type Answer, denied, done } from '../answer.ts'
import { scanDenied } from './scan-denied.ts'

/** Of which package or repository something is stated, where, and when it was read there. */
export function readStated(given: { readonly target: string; readonly source: string; readonly on: string }): Answer<{
  readonly name: string
  readonly source: string
  readonly on: Instant
}> {
  const named = nameTarget(given.target)
  if (!named.ok) return scanDenied(no(named.code))
  const on = parseInstant(given.on)
  if (on === null) return denied('request.invalid', SCAN_REFUSALS['notice.source'], 'on')
  return done({ name: named.target.name, source: given.source, on })
}
