// What a CVSS vector says about SSVC's questions. A vector is its author's opinion, so the answer is theirs, not assumed.
import type { Answer, Judge } from '../judgement.ts'
import { scoreVector } from './score.ts'
import { type CvssVector, parseVector } from './vector.ts'

export interface CvssClaim {
  readonly vector: string
  readonly by: Judge
}

export interface ReadClaim {
  readonly vector: CvssVector
  readonly by: Judge
}

// Judging one flaw reads at most this many vectors.
const CLAIMS = 64
const AGE: Readonly<Record<string, number>> = { '4.0': 3, '3.1': 2, '3.0': 1, '2.0': 0 }

/** The claims that are vectors, newest version first, highest score first within a version. Others are left out. */
export function readClaims(claims: readonly CvssClaim[]): readonly ReadClaim[] {
  const read: (ReadClaim & { score: number })[] = []
  for (const claim of claims.slice(0, CLAIMS)) {
    const parsed = parseVector(claim.vector)
    const scored = scoreVector(claim.vector)
    if (parsed.ok && scored.ok) read.push({ vector: parsed.vector, by: claim.by, score: scored.score })
  }
  return read.sort((a, b) => AGE[b.vector.version]! - AGE[a.vector.version]! || b.score - a.score)
}

type Reader = (claim: ReadClaim) => Answer | null

function from(values: Readonly<Record<string, string>>, claim: ReadClaim, metric: string): Answer | null {
  const stated = claim.vector.metrics.get(metric)
  if (stated === undefined || !Object.hasOwn(values, stated)) return null
  const because = `${metric}:${stated} in a CVSS ${claim.vector.version} vector.`
  return { value: values[stated]!, by: claim.by, assumed: false, because }
}

// Exploit maturity. v2 and v3 know no attacks, only how ripe the exploit is; what is proof of concept or riper counts as public.
const exploitation: Reader = (claim) =>
  claim.vector.version === '4.0'
    ? from({ A: 'A', P: 'P', U: 'N' }, claim, 'E')
    : from({ H: 'P', F: 'P', P: 'P', POC: 'P', U: 'N' }, claim, 'E')

const automatable: Reader = (claim) => (claim.vector.version === '4.0' ? from({ Y: 'Y', N: 'N' }, claim, 'AU') : null)
const valueDensity: Reader = (claim) => (claim.vector.version === '4.0' ? from({ D: 'D', C: 'C' }, claim, 'V') : null)
const publicSafety: Reader = (claim) => (claim.vector.version === '4.0' ? from({ P: 'S', N: 'M' }, claim, 'S') : null)

// Total where confidentiality, integrity and availability of the vulnerable system are all lost wholly; partial otherwise.
const technicalImpact: Reader = ({ vector, by }) => {
  const names = vector.version === '4.0' ? ['VC', 'VI', 'VA'] : ['C', 'I', 'A']
  const whole = vector.version === '2.0' ? 'C' : 'H'
  const stated = names.map((name) => `${name}:${vector.metrics.get(name)}`)
  const total = stated.every((one) => one.endsWith(`:${whole}`))
  return { value: total ? 'T' : 'P', by, assumed: false, because: `${stated.join(' ')} in a CVSS ${vector.version} vector.` }
}

/** By decision point key, what one vector answers; null where it says nothing. */
export const CVSS_ANSWERS: Readonly<Record<string, Reader>> = {
  E: exploitation,
  A: automatable,
  VD: valueDensity,
  PSI: publicSafety,
  TI: technicalImpact,
}
