// Controls, and characters that hide or turn around what stands beside them, would let a text show as something else.
const PLAIN = /^[^\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+$/u
const ADDRESS = /^https:\/\/[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?(\/[A-Za-z0-9._~:/?#@!$&'()*+,;=%[\]-]*)?$/u

/** One line of at most `most` characters that is what it looks like, and not blank. */
export function isLine(text: unknown, most: number): text is string {
  return typeof text === 'string' && text.length <= most && PLAIN.test(text) && text.trim() !== ''
}

/** An https address of at most 2,000 characters without user name. */
export function isAddress(text: unknown): text is string {
  return typeof text === 'string' && text.length <= 2_000 && ADDRESS.test(text)
}
