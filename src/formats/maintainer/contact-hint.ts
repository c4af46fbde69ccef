import type { Route } from '../../core/cases/terms/contact.ts'

// GitHub's and GitLab's pages for telling a maintainer in private.
const ADVISORY = /^https:\/\/github\.com\/[\w.-]{1,100}\/[\w.-]{1,100}\/security\/advisories(?:\/new)?\/?$/

/** By which route an https address takes reports: a page for private advisories, else a form. */
export function routeOf(url: string): Route {
  return ADVISORY.test(url) ? 'private-advisory' : 'form'
}

/** The address of a `mailto:` URI without its headers (RFC 6068); null for others and where percent signs do not decode. */
export function mailOf(uri: string): string | null {
  const found = /^mailto:([^?\s]{1,400})/i.exec(uri)
  if (!found) return null
  try {
    return decodeURIComponent(found[1]!)
  } catch {
    return null
  }
}

/** An OpenPGP fingerprint written with or without spaces, `0x` or `openpgp4fpr:`, as upper-case digits; null for anything else. */
export function fingerprintOf(text: string): string | null {
  if (text.length > 200) return null
  const digits = text
    .trim()
    .replace(/^(?:openpgp4fpr:|0x)/i, '')
    .replaceAll(/[ \u00a0:]/g, '')
    .toUpperCase()
  return /^(?:[0-9A-F]{40}|[0-9A-F]{64})$/.test(digits) ? digits : null
}
