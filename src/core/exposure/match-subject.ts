import type { Component } from './component.ts'
import { type CpeName, parseCpe } from './cpe/cpe-name.ts'
import { identityOfPurl, type PackageIdentity } from './package-identity.ts'
import { ANY_CPE_KEY, cpeKey } from './product-entry.ts'
import { foldedMark, patternKey } from './product-mark.ts'
import { ReadVersion } from './read-version.ts'

/** A component as it is held against advisories: read once, matched any number of times. */
export interface MatchSubject {
  readonly package: PackageIdentity | null
  /** The same by its source package, where advisories may name either. */
  readonly source: PackageIdentity | null
  /** Empty where a purl answers. */
  readonly cpes: readonly CpeName[]
  readonly marks: readonly string[]
  /** The package's, or what the inventory says beside it. */
  readonly version: ReadVersion | null
}

/** Types of purl that no advisory database names packages by, so that a CPE is better than nothing. */
const UNANSWERED = new Set(['generic', 'github', 'gitlab', 'bitbucket', 'docker', 'oci', 'swid', 'sourceforge'])
const MOST_CPES = 50
const MOST_MARKS = 200

/** Reads a component's identities. CPE names count only where no purl answers, for tools guess them for every package. */
export function subjectOf(component: Component): MatchSubject {
  const identity = component.purl === null ? null : identityOfPurl(component.purl)
  const answered = identity !== null && !UNANSWERED.has(identity.type)
  const version = identity?.version ?? component.version
  return {
    package: identity,
    source: sourceOf(identity),
    cpes: answered || component.cpes.length === 0 ? [] : cpesOf(component.cpes),
    marks: component.marks.length === 0 ? [] : component.marks.slice(0, MOST_MARKS).map(foldedMark),
    version: version === null ? null : new ReadVersion(version),
  }
}

function sourceOf(identity: PackageIdentity | null): PackageIdentity | null {
  if (identity === null || identity.source === null) return null
  const { key, version } = identity.source
  return { ...identity, key, version: version ?? identity.version, source: null }
}

function cpesOf(texts: readonly string[]): CpeName[] {
  return texts.slice(0, MOST_CPES).flatMap((text) => parseCpe(text) ?? [])
}

/** The version of a package that is held against advisories by itself. */
export function versionOf({ version }: PackageIdentity): ReadVersion | null {
  return version === null ? null : new ReadVersion(version)
}

/** The keys of all packages of an index that `lookUpSubject` asks about this subject. */
export function packageKeys({ package: own, source }: MatchSubject): string[] {
  return [own, source].flatMap((identity) => (identity === null ? [] : [identity.key]))
}

/** The keys under which an index keeps what may hold this subject: products only, for a package has the one key. */
export function productKeys(subject: MatchSubject): string[] {
  const keys = new Set<string>()
  for (const name of subject.cpes) keys.add(cpeKey(name))
  if (subject.cpes.length > 0) keys.add(ANY_CPE_KEY)
  for (const mark of subject.marks) keys.add(mark).add(patternKey(mark))
  return [...keys]
}
