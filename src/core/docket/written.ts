import type { Instant } from '../kernel/instant.ts'
import type { Planned, TermsFacts } from './docket.ts'
import type { AccessPolicy } from './policy.ts'

// What people send is hostile until it has passed here: types are not believed, lengths are bounded.

const DIGEST = /^[0-9a-f]{64}$/
const ZONE = /^[A-Za-z][A-Za-z0-9_+-]{0,30}(?:\/[A-Za-z0-9_+-]{1,30}){0,3}$/
const LAST = 8_640_000_000_000_000
const RETENTION_MAX = 3650
const LEVELS = ['AL1', 'AL2', 'AL3']
const OPENINGS = ['first-call', 'agreed-instant']

/** Whether that is SHA-256 in lower-case hexadecimal. */
export function isDigest(text: unknown): text is string {
  return typeof text === 'string' && DIGEST.test(text)
}

/** Whether that is text with something in it, at most `max` UTF-16 units long. */
export function isText(text: unknown, max: number): text is string {
  return typeof text === 'string' && text.length <= max && text.trim() !== ''
}

/** Whether that is an instant after `now`, in whole milliseconds. */
export function isFuture(at: unknown, now: Instant): at is Instant {
  return isInstant(at) && at > now
}

function isInstant(at: unknown): at is Instant {
  return typeof at === 'number' && Number.isInteger(at) && Math.abs(at) <= LAST
}

/** Whether that is an instant with the name of a zone as the IANA database spells them; whether a zone exists, the door knows. */
export function isPlanned(planned: Planned): boolean {
  return isInstant(planned.at) && typeof planned.zone === 'string' && ZONE.test(planned.zone)
}

/** What is wrong with the facts of terms under a policy; null: nothing. */
export function termsProblem(facts: TermsFacts, policy: AccessPolicy): 'terms.days' | 'terms.facts' | null {
  if (!Number.isInteger(facts.days) || facts.days < 1 || facts.days > policy.maxDays) return 'terms.days'
  const { retentionDays, level, opensBy } = facts
  if (!Number.isInteger(retentionDays) || retentionDays < 0 || retentionDays > RETENTION_MAX) return 'terms.facts'
  if (!LEVELS.includes(level) || !OPENINGS.includes(opensBy)) return 'terms.facts'
  const flags = [facts.downtimeExtends, facts.mayPublish, facts.findingsToIntake, facts.readersNamed]
  return flags.every((flag) => typeof flag === 'boolean') ? null : 'terms.facts'
}
