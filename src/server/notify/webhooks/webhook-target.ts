import { isIP } from 'node:net'
import { isPublicAddress } from './public-address.ts'

/** Where a webhook goes, taken apart. */
export interface WebhookTarget {
  readonly tls: boolean
  /** A name in lower case or an address, without brackets. */
  readonly host: string
  readonly port: number
  readonly path: string
}

/** Hosts of one's own network that may be called, as `WEIR_PRIVATE_WEBHOOKS` names them: names or addresses, each with or without a port. */
export type PrivateHosts = ReadonlySet<string>

export const TARGET_REFUSALS = {
  'webhook.url-malformed': 'A webhook needs an https address without user, password or fragment.',
  'webhook.not-https': 'A webhook goes over https; plain http is for hosts of your own network that the settings name.',
  'webhook.not-public': 'This address is not of the public network, and the settings do not name it.',
  'webhook.unresolved': 'The name of this webhook cannot be resolved.',
} as const

export type TargetRefusal = keyof typeof TARGET_REFUSALS

/** Reads `WEIR_PRIVATE_WEBHOOKS`: hosts separated by blanks or commas. */
export function parsePrivateHosts(text: string): PrivateHosts {
  return new Set(
    text
      .toLowerCase()
      .split(/[\s,]+/)
      .filter((host) => host !== ''),
  )
}

/** Takes a webhook's address apart, or says why it is refused. Only what is written is judged; see `resolveTarget` for what it leads to. */
export function parseTarget(url: string, own: PrivateHosts): WebhookTarget | TargetRefusal {
  if (url.length > 2_000 || /[\s\\\x00-\x1f\x7f]/.test(url) || !URL.canParse(url)) return 'webhook.url-malformed'
  const { protocol, hostname, port, pathname, search, hash, username, password } = new URL(url)
  if (protocol !== 'https:' && protocol !== 'http:') return 'webhook.url-malformed'
  if (hash !== '' || username !== '' || password !== '' || hostname === '') return 'webhook.url-malformed'
  const tls = protocol === 'https:'
  const target = {
    tls,
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (tls ? 443 : 80) : Number(port),
    path: `${pathname}${search}`,
  }
  if (isOwn(target, own)) return target
  if (!tls) return 'webhook.not-https'
  return isIP(target.host) !== 0 && !isPublicAddress(target.host) ? 'webhook.not-public' : target
}

/** Whether the settings name this host as one of the own network. */
export function isOwn(target: Pick<WebhookTarget, 'host' | 'port'>, own: PrivateHosts): boolean {
  const { host, port } = target
  return own.has(host) || own.has(`${host}:${port}`) || own.has(`[${host}]:${port}`)
}

/** Looks a name up: every address it has. */
export type Lookup = (host: string) => Promise<readonly string[]>

/**
 * The one address that is called, resolved once. A name with one address that is not public is refused whole: one among public ones
 * is an attempt to reach inside.
 */
export async function resolveTarget(
  target: WebhookTarget,
  own: PrivateHosts,
  lookup: Lookup,
): Promise<{ address: string } | TargetRefusal> {
  if (isIP(target.host) !== 0)
    return isOwn(target, own) || isPublicAddress(target.host) ? { address: target.host } : 'webhook.not-public'
  const addresses = await lookup(target.host).catch(() => [])
  const [first] = addresses
  if (first === undefined || !addresses.every((address) => isIP(address) !== 0)) return 'webhook.unresolved'
  return isOwn(target, own) || addresses.every(isPublicAddress) ? { address: first } : 'webhook.not-public'
}
