// Dart's pub_semver: SemVer 2.0.0, but build text counts after everything else (https://pub.dev/packages/pub_semver).
import type { Order, VersionOrder } from '../version-order.ts'
import { keyedOrder } from './keyed-order.ts'
import { byIdentifiers, bySemver, readIdentifiers, readSemver, type SemverKey, STRICT_SEMVER } from './semver.ts'
import type { Whole } from './whole.ts'

interface PubKey {
  readonly semver: SemverKey
  readonly build: readonly (Whole | string)[]
}

function read(text: string): PubKey | null {
  const semver = readSemver(text)
  if (semver === null) return null
  return { semver, build: semver.build < text.length ? readIdentifiers(text, semver.build, text.length) : [] }
}

function order(a: PubKey, b: PubKey): Order {
  return bySemver(a.semver, b.semver) || byIdentifiers(a.build, b.build)
}

export const PUB: VersionOrder = keyedOrder({ rule: 'pub-semver', isValid: (text) => STRICT_SEMVER.test(text), read, order })
