import { isIP } from 'node:net'
import type { Endpoint, EndpointApi } from '../../contract/custody.ts'
import { isPublic } from './address.ts'

/** Where an endpoint is: what its base says, taken apart. */
export interface Place {
  readonly tls: boolean
  /** A name or an address, without brackets. */
  readonly host: string
  readonly port: number
  /** Ends without a slash. */
  readonly path: string
}

/**
 * Takes a base apart; null where it may not be called: not https, with query, fragment or credentials, or an address that is not
 * public. With `anywhere`, for endpoints in one's own network, any address and plain http will do.
 */
export function placeOf(endpoint: Pick<Endpoint, 'base'>, anywhere: boolean): Place | null {
  const url = URL.canParse(endpoint.base) ? new URL(endpoint.base) : null
  if (url === null || (url.protocol !== 'https:' && !(anywhere && url.protocol === 'http:'))) return null
  if (url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '' || /[?#@\\\s]/.test(endpoint.base))
    return null
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0 && !anywhere && !isPublic(host)) return null
  const tls = url.protocol === 'https:'
  return { tls, host, port: url.port === '' ? (tls ? 443 : 80) : Number(url.port), path: url.pathname.replace(/\/+$/, '') }
}

const CALLS: Record<EndpointApi, readonly string[]> = {
  'openai-chat': ['chat/completions'],
  'openai-responses': ['responses'],
  // Anthropic's own clients put the version into the path, the others' into the base.
  'anthropic-messages': ['v1/messages', 'messages'],
}

/** The endpoint's path for what a caller asked for below `/{docket}/`; null where the API has no such call. */
export function callPath(place: Place, api: EndpointApi, asked: string): string | null {
  return CALLS[api].includes(asked) ? below(place, api, asked) : null
}

/** The path of the API's one way to make the model answer. */
export function answerPath(place: Place, api: EndpointApi): string {
  return below(place, api, CALLS[api][0]!)
}

/** The path of the list of models, which calls none. */
export function modelsPath(place: Place, api: EndpointApi): string {
  return below(place, api, 'models')
}

function below(place: Place, api: EndpointApi, what: string): string {
  const bare = what.replace(/^v1\//, '')
  const version = api === 'anthropic-messages' && !place.path.endsWith('/v1') ? '/v1' : ''
  return `${place.path}${version}/${bare}`
}
