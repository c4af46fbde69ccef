import type { IncomingHttpHeaders } from 'node:http'

/** What of a caller's headers reaches the endpoint; keys, cookies, addresses and names of programs do not. */
const TO_ENDPOINT = ['content-type', 'accept', 'anthropic-beta', 'openai-beta', 'idempotency-key']

/** What of the endpoint's headers reaches the caller: nothing that names the account, sets a cookie or leads elsewhere. */
const TO_CALLER =
  /^(?:content-type|retry-after|retry-after-ms|x-should-retry|request-id|x-request-id|openai-processing-ms|(?:x|anthropic)-ratelimit-[a-z-]{1,60})$/

/** Headers for the endpoint, without the key. No compression is asked for: usage is read from what passes. */
export function headersOut(given: IncomingHttpHeaders): Record<string, string> {
  const kept: Record<string, string> = { 'accept-encoding': 'identity', 'user-agent': 'weir-custodian' }
  for (const name of TO_ENDPOINT) {
    const value = given[name]
    if (typeof value === 'string') kept[name] = value
  }
  return kept
}

/** Headers for the caller. */
export function headersIn(given: IncomingHttpHeaders): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(given)) if (typeof value === 'string' && TO_CALLER.test(name)) kept[name] = value
  return kept
}

/** The secret that a caller shows, in either way that client libraries have; null where there is none. */
export function secretIn(given: IncomingHttpHeaders): string | null {
  const bearer = /^Bearer ([\x21-\x7e]{1,200})$/i.exec(given.authorization ?? '')?.[1]
  const own = given['x-api-key']
  return bearer ?? (typeof own === 'string' && own.length <= 200 ? own : null)
}
