// Package URLs (ECMA-427, purl-spec): reading, writing, canonical form. The types' own rules are data in purl/type-rules.ts.
import type { ParsedPurl, Purl } from './purl/parts.ts'
import { makePurl } from './purl/parts.ts'
import { percentEncode } from './purl/percent.ts'
import { readPlain } from './purl/plain.ts'
import { splitPurl } from './purl/split.ts'
import { ruleOf } from './purl/type-rules.ts'

/** Reads a purl as the standard requires, folded to canonical parts; refuses with one sentence. Never throws, linear in length. */
export function parsePurl(text: string): ParsedPurl {
  const plain = readPlain(text)
  if (plain !== null) return { ok: true, purl: plain }
  const split = splitPurl(text, false)
  return split.ok ? makePurl(split.parts) : split
}

/** Reads a purl as `parsePurl` does, and also mends what the standard's recommended cases mend: the case of qualifier keys. */
export function mendPurl(text: string): ParsedPurl {
  const plain = readPlain(text)
  if (plain !== null) return { ok: true, purl: plain }
  const split = splitPurl(text, true)
  return split.ok ? makePurl(split.parts) : split
}

/** The canonical text of a purl: `parsePurl(formatPurl(p))` gives `p` again. */
export function formatPurl(purl: Purl): string {
  const path = (text: string) => (text.includes('/') ? text.split('/').map(percentEncode).join('/') : percentEncode(text))
  // Only where the type says so may a name hold slashes of its own; elsewhere they are encoded.
  const name = ruleOf(purl.type).namespaceSegments === undefined ? percentEncode(purl.name) : path(purl.name)
  let qualifiers = ''
  for (const key in purl.qualifiers)
    qualifiers += `${qualifiers === '' ? '?' : '&'}${key}=${percentEncode(purl.qualifiers[key]!)}`
  return (
    `pkg:${purl.type}/${purl.namespace === null ? '' : `${path(purl.namespace)}/`}${name}` +
    (purl.version === null ? '' : `@${percentEncode(purl.version)}`) +
    qualifiers +
    (purl.subpath === null ? '' : `#${path(purl.subpath)}`)
  )
}

/** The same package of whichever version: what findings and claims are keyed by. */
export function withoutVersion(purl: Purl): Purl {
  return { ...purl, version: null }
}
