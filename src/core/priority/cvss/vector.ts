import { type CvssVersion, METRICS } from './metrics.ts'

/** A vector read strictly: known version, every metric known and at most once, every base metric there. */
export interface CvssVector {
  readonly version: CvssVersion
  /** Value by metric, as given; what was left out is not here. */
  readonly metrics: ReadonlyMap<string, string>
  /** In the specification's order, without metrics stated as not defined. */
  readonly canonical: string
}

export type ParsedVector = { readonly ok: true; readonly vector: CvssVector } | { readonly ok: false; readonly why: string }

/** The longest full vector, CVSS 4.0 with everything, is under 260 characters. */
export const VECTOR_CHARACTERS = 512

const PREFIX = /^CVSS:([0-9]{1,2}\.[0-9]{1,2})\//

function no(why: string): ParsedVector {
  return { ok: false, why }
}

/** Reads a CVSS 2.0, 3.0, 3.1 or 4.0 vector in any metric order. Hostile text: bounded, linear, never throws. */
export function parseVector(text: string): ParsedVector {
  if (text.length > VECTOR_CHARACTERS) return no(`A CVSS vector has at most ${VECTOR_CHARACTERS} characters.`)
  const stated = PREFIX.exec(text)?.[1]
  if (stated !== undefined && stated !== '3.0' && stated !== '3.1' && stated !== '4.0')
    return no(`CVSS version ${stated} is not known.`)
  const version: CvssVersion = stated ?? '2.0'
  let body = stated === undefined ? text : text.slice(`CVSS:${stated}/`.length)
  // Version 2 has no prefix; NVD wrote its vectors in parentheses.
  if (version === '2.0' && body.startsWith('(') && body.endsWith(')')) body = body.slice(1, -1)

  const known = METRICS[version]
  const metrics = new Map<string, string>()
  for (const part of body.split('/')) {
    const colon = part.indexOf(':')
    const metric = known.get(part.slice(0, Math.max(colon, 0)))
    if (!metric) return no(`The vector holds a metric that CVSS ${version} does not have.`)
    const name = part.slice(0, colon)
    const value = part.slice(colon + 1)
    if (!metric.values.includes(value))
      return no(`The metric ${name} of CVSS ${version} takes one of: ${metric.values.join(', ')}.`)
    if (metrics.has(name)) return no(`The metric ${name} stands twice.`)
    metrics.set(name, value)
  }
  const parts: string[] = []
  for (const [name, metric] of known) {
    const value = metrics.get(name)
    if (value === undefined && metric.group === 'base') return no(`The base metric ${name} of CVSS ${version} is missing.`)
    if (value !== undefined && value !== 'X' && value !== 'ND') parts.push(`${name}:${value}`)
  }
  return {
    ok: true,
    vector: { version, metrics, canonical: (stated === undefined ? '' : `CVSS:${stated}/`) + parts.join('/') },
  }
}
