import type { SeverityClaim } from '../core/findings/finding.ts'

/** A severity as stated: a CVSS vector by its prefix (version 2 has none), else a number, else a word; null for an empty text. */
export function severityOf(stated: string | number, by: string | null): SeverityClaim | null {
  if (typeof stated === 'number') return Number.isFinite(stated) ? { kind: 'number', value: String(stated), by } : null
  const value = stated.trim().toWellFormed()
  if (value === '') return null
  return { kind: kindOf(value), value, by }
}

function kindOf(value: string): SeverityClaim['kind'] {
  if (value.startsWith('CVSS:4.0/')) return 'cvss-4.0'
  if (value.startsWith('CVSS:3.1/')) return 'cvss-3.1'
  if (value.startsWith('CVSS:3.0/')) return 'cvss-3.0'
  if (/^\(?AV:[LAN]\/AC:[HML]\/Au:[MSN]\//.test(value)) return 'cvss-2'
  return /^\d{1,3}(\.\d{1,6})?$/.test(value) ? 'number' : 'word'
}

/** The claims without those that say again what an earlier one said. */
export function distinctClaims(claims: readonly (SeverityClaim | null)[]): SeverityClaim[] {
  const seen = new Map<string, SeverityClaim>()
  for (const claim of claims)
    if (claim)
      seen.set(
        `${claim.kind} ${claim.value} ${claim.by ?? ''}`,
        seen.get(`${claim.kind} ${claim.value} ${claim.by ?? ''}`) ?? claim,
      )
  return [...seen.values()]
}
