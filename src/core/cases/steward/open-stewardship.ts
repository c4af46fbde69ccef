import { accept, type Decision } from '../../kernel/decision.ts'
import { DAY, type Instant } from '../../kernel/instant.ts'
import { formatPurl, parsePurl, withoutVersion } from '../../kernel/purl.ts'
import type { StewardAsker } from './steward-command.ts'
import type { StewardEvent } from './steward-event.ts'
import { no, type StewardRefusal } from './steward-refusal.ts'
import type { Abandonment, StewardPolicy } from './stewardship.ts'

export interface StewardshipAsked {
  readonly target: string
  readonly abandoned: Abandonment
}

const DIGEST = /^[0-9a-f]{64}$/

/** Whether that is SHA-256 in lower-case hexadecimal. */
export function isDigest(text: unknown): text is string {
  return typeof text === 'string' && DIGEST.test(text)
}

/** A package's purl in canonical form, or null where it is none or names a version. */
export function packageOf(text: string): string | null {
  const read = parsePurl(text)
  return read.ok && read.purl.version === null ? formatPurl(read.purl) : null
}

/** The name alone that a canonical purl stands for, wherever it is served from: without qualifiers, in lower case. */
export function nameIn(target: string): string | null {
  const read = parsePurl(target)
  return read.ok ? formatPurl({ ...withoutVersion(read.purl), qualifiers: {}, subpath: null }).toLowerCase() : null
}

/**
 * A coordinator says that nobody maintains a package: by the maintainer's own word, or after the floor of silence, which counts
 * from the later of their last public sign and the first letter to them.
 */
export function openStewardship(
  { target, abandoned }: StewardshipAsked,
  asker: StewardAsker,
  now: Instant,
  policy: StewardPolicy,
): Decision<StewardEvent, StewardRefusal> {
  if (asker.kind !== 'person' || !asker.coordinator) return no('asker.not-coordinator')
  const canonical = packageOf(target)
  if (canonical === null) return no('target.malformed')
  if (abandoned.kind === 'declared') {
    if (!isDigest(abandoned.digest)) return no('digest.malformed')
    if (!(abandoned.at <= now)) return no('silence.future')
  } else {
    const from = Math.max(abandoned.lastSignAt ?? abandoned.firstLetterAt, abandoned.firstLetterAt)
    if (!(from <= now)) return no('silence.future')
    if (now - from < policy.silenceFloorDays * DAY) return no('silence.too-short')
  }
  const dueAt = (now + policy.unassignedDays * DAY) as Instant
  const stamp = { target: canonical, at: now, by: asker.person }
  return accept({ type: 'stewardship-opened', ...stamp, policy: policy.id, abandoned, dueAt })
}
