const CHARACTERS_MAX = 2000
// RFC 3986 with an ASCII host and no user part: what every format's `uri` takes. Alternatives never overlap, so matching is linear.
const ADDRESS =
  /^https?:\/\/[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?(?:\/(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/]|%[0-9A-Fa-f]{2})*)?(?:\?(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*)?(?:#(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*)?$/

/** Whether that is a web address (http or https) that every format takes as it stands. */
export function isWebAddress(text: unknown): text is string {
  return typeof text === 'string' && text.length <= CHARACTERS_MAX && ADDRESS.test(text)
}
