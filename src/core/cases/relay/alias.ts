import type { Refused } from '../../kernel/decision.ts'
import type { Instant } from '../../kernel/instant.ts'
import { type RelayRefusal, refuseRelay } from './relay-refusal.ts'

/** An identifier under which somebody else handles the same report. */
export interface HandlingAlias {
  readonly scheme: (typeof ALIAS_SCHEMES)[number]
  readonly id: string
  readonly at: Instant
}

export const ALIAS_SCHEMES = ['ghsa', 'vrf', 'vu', 'akrites', 'cve', 'other'] as const

const MOST = 64
const FORMS: readonly (readonly [HandlingAlias['scheme'], RegExp])[] = [
  ['ghsa', /^GHSA(?:-[23456789cfghjmpqrvwx]{4}){3}$/],
  ['vrf', /^VRF#[A-Za-z0-9-]{1,32}$/],
  ['vu', /^VU#\d{1,12}$/],
  ['akrites', /^SUB-[A-Za-z0-9]{1,64}$/],
  ['cve', /^CVE-\d{4}-\d{4,19}$/],
  ['other', /^[A-Za-z0-9][A-Za-z0-9._#:/-]{0,127}$/],
]

/** Which scheme an identifier belongs to, or null where it is none; what others send is hostile. */
export function schemeOf(id: string): HandlingAlias['scheme'] | null {
  return FORMS.find(([, form]) => form.test(id))?.[0] ?? null
}

/** The aliases with one more, the same ones where it was known; they only grow. */
export function learnAlias(
  known: readonly HandlingAlias[],
  id: string,
  at: Instant,
): { readonly ok: true; readonly aliases: readonly HandlingAlias[]; readonly fresh: boolean } | Refused<RelayRefusal> {
  const trimmed = id.length > 256 ? id : id.trim()
  const scheme = schemeOf(trimmed)
  if (scheme === null) return refuseRelay('alias.malformed')
  if (known.some((alias) => alias.id === trimmed)) return { ok: true, aliases: known, fresh: false }
  if (known.length >= MOST) return refuseRelay('alias.full')
  return { ok: true, aliases: [...known, { scheme, id: trimmed, at }], fresh: true }
}
