// Go's use of Semantic Versioning (https://go.dev/ref/mod#versions). The Go project writes its own releases as 1.19, go1.21rc2;
// modules are v1.2.3 and pseudo-versions, which are SemVer already.
import type { VersionOrder } from '../version-order.ts'
import { keyedOrder } from './keyed-order.ts'
import { bySemver, readSemver, type SemverKey, STRICT_SEMVER, VERSION_CHARACTERS } from './semver.ts'

const SHORT = /^\d+(?:\.\d+)?$/
const RELEASE = /^(?:go)?(\d+(?:\.\d+){1,2})(?:(alpha|beta|rc)(\d+))?$/

function readGo(text: string): SemverKey | null {
  // A module's version begins with v: no release of Go does.
  const release = text.charCodeAt(0) === 118 ? null : RELEASE.exec(text)
  return readSemver(release ? release[1]! + (release[2] ? `-${release[2]}.${release[3]}` : '') : text)
}

export const GO: VersionOrder = keyedOrder({
  rule: 'go-semver',
  longest: VERSION_CHARACTERS,
  isValid: (text) => STRICT_SEMVER.test(text.startsWith('v') ? text.slice(1) : text) || SHORT.test(text) || RELEASE.test(text),
  read: readGo,
  order: bySemver,
})
