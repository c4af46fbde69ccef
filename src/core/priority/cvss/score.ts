// Scores are always computed, never believed: stated scores contradict their own vectors often enough to matter.
import cvss from 'ae-cvss-calculator'
import { type CvssVersion, METRICS } from './metrics.ts'
import { type CvssVector, parseVector } from './vector.ts'

export type SeverityWord = 'none' | 'low' | 'medium' | 'high' | 'critical'

export type Scored =
  | {
      readonly ok: true
      readonly version: CvssVersion
      /** 0.0 to 10.0 with one decimal, of everything the vector states: environmental before temporal before base. */
      readonly score: number
      /** Of the base metrics alone. */
      readonly base: number
      readonly severity: SeverityWord
      /** CVSS 4.0 only: which groups the score rests on (v4.0 specification §1.3). */
      readonly nomenclature?: 'CVSS-B' | 'CVSS-BT' | 'CVSS-BE' | 'CVSS-BTE'
      /** The vector in the specification's order without undefined metrics. */
      readonly vector: string
    }
  | { readonly ok: false; readonly why: string }

/** Score and severity of a CVSS vector; a vector that is not exactly one is refused with a sentence. Never throws. */
export function scoreVector(text: string): Scored {
  const parsed = parseVector(text)
  if (!parsed.ok) return parsed
  const { version, canonical } = parsed.vector
  const score = overall(version, canonical)
  const bare = baseOf(parsed.vector)
  const base = bare === canonical ? score : overall(version, bare)
  if (score === null || base === null) return { ok: false, why: 'The vector has no score.' }
  const scored = { ok: true, version, score, base, severity: severityOf(version, score), vector: canonical } as const
  return version === '4.0' ? { ...scored, nomenclature: nomenclature(parsed.vector) } : scored
}

/** Severity of a score: the qualitative scale of v3.x and v4.0 (Table 14 and §6); for v2.0, which has none, NVD's three bands. */
export function severityOf(version: CvssVersion, score: number): SeverityWord {
  if (score <= 0) return 'none'
  if (score < 4) return 'low'
  if (score < 7) return 'medium'
  return score < 9 || version === '2.0' ? 'high' : 'critical'
}

// A full 4.0 vector takes about a millisecond, and the same few thousand vectors make up nearly all that is stated: the last
// ones are remembered. Nothing but speed depends on it.
const REMEMBERED = 2048
const remembered = new Map<string, number | null>()

function overall(version: CvssVersion, canonical: string): number | null {
  const before = remembered.get(canonical)
  if (before !== undefined) return before
  if (remembered.size >= REMEMBERED) remembered.delete(remembered.keys().next().value!)
  const score = compute(version, canonical)
  remembered.set(canonical, score)
  return score
}

function compute(version: CvssVersion, canonical: string): number | null {
  const scorer = {
    '2.0': () => new cvss.Cvss2(canonical),
    '3.0': () => new cvss.Cvss3P0(canonical),
    '3.1': () => new cvss.Cvss3P1(canonical),
    '4.0': () => new cvss.Cvss4P0(canonical),
  }[version]()
  const { overall: score } = scorer.calculateScores()
  return Number.isFinite(score) && score >= 0 && score <= 10 ? score : null
}

function baseOf(vector: CvssVector): string {
  const parts = [...METRICS[vector.version]]
    .filter(([, metric]) => metric.group === 'base')
    .map(([name]) => `${name}:${vector.metrics.get(name)}`)
  return (vector.version === '2.0' ? '' : `CVSS:${vector.version}/`) + parts.join('/')
}

function nomenclature(vector: CvssVector): 'CVSS-B' | 'CVSS-BT' | 'CVSS-BE' | 'CVSS-BTE' {
  const stated = new Set(
    [...vector.metrics].filter(([, value]) => value !== 'X').map(([name]) => METRICS['4.0'].get(name)?.group),
  )
  const threat = stated.has('temporal')
  return stated.has('environmental') ? (threat ? 'CVSS-BTE' : 'CVSS-BE') : threat ? 'CVSS-BT' : 'CVSS-B'
}
