// The forms of single texts in a project's terms. Each pattern is deterministic, so that trying it is linear in the text.
import { text } from './plain-shapes.ts'

// Control characters, and those that hide or turn around what stands beside them, would let a text show as something else.
const HIDDEN = '\\u007f-\\u009f\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u2069\\ufeff\\ud800-\\udfff'

/** One line without hidden characters. */
export const line = (most: number) =>
  text(most, { pattern: new RegExp(`^[^\\u0000-\\u001f${HIDDEN}]+$`, 'u'), is: 'one line of plain text' })

/** Several lines without hidden characters. */
export const prose = (most: number) =>
  text(most, { pattern: new RegExp(`^[^\\u0000-\\u0008\\u000b-\\u001f${HIDDEN}]+$`, 'u'), is: 'plain text' })

/** A mail address as RFC 5321 has it, without quoted local parts. */
export const MAIL = text(254, {
  pattern: /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+$/u,
  is: 'a mail address',
})

/** An https address without user name. */
export const HTTPS = text(2000, {
  pattern: /^https:\/\/[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?(\/[A-Za-z0-9._~:/?#@!$&'()*+,;=%[\]-]*)?$/u,
  is: 'an https address',
})

export const PURL = text(2000, { pattern: /^pkg:[a-z][a-z0-9.-]*\/[!-~]+$/u, is: 'a package URL' })

export const WEAKNESS = text(12, { pattern: /^CWE-[1-9][0-9]{0,4}$/u, is: 'a CWE id such as CWE-79' })

/** OpenPGP version 4 or version 6 fingerprint. */
export const FINGERPRINT = text(64, {
  pattern: /^([0-9A-F]{40}|[0-9A-F]{64})$/u,
  is: 'an OpenPGP fingerprint of 40 or 64 upper-case hexadecimal digits',
})

/** age recipient (Bech32): X25519, or the hybrid one that begins with `age1pq1`. */
export const AGE_RECIPIENT = text(2100, {
  pattern: /^age1(pq1)?[02-9ac-hj-np-z]{58,2000}$/u,
  is: 'an age recipient',
})

/** BCP 47. */
export const LANGUAGE = text(35, { pattern: /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$/u, is: 'a language tag such as en' })

export const TIME_OF_DAY = text(5, { pattern: /^([01][0-9]|2[0-3]):[0-5][0-9]$/u, is: 'a time such as 22:00' })

/** Name of an IANA time zone; whether there is such a zone is asked of the caller's zones. */
export const ZONE = text(64, {
  pattern: /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+){0,3}$/u,
  is: 'a time zone such as Europe/Berlin',
})

/** RFC 3339 with a zone, or the words for a pause without an end. */
export const PAUSE = text(35, {
  pattern: /^([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})|further-notice)$/u,
  is: 'an instant with a zone such as 2027-01-10T08:00:00Z, or further-notice',
})

/** Id of an embargo policy, with its version where it says one. */
export const POLICY = text(64, { pattern: /^[a-z0-9][a-z0-9.-]*(\/[a-z0-9.-]+){0,2}$/u, is: 'the id of an embargo policy' })
