import { isIP } from 'node:net'
import { isAbsolute } from 'node:path'
import type { Mailbox } from '../../core/cases/letters/reply-address.ts'
import { parseRegistryBase, type Registries } from '../app/projects/registry-base.ts'
import type { LetterboxSettings } from '../notify/mail/letterbox.ts'
import { isLoopback, type PostSettings, USUAL_POST } from '../notify/mail/post-settings.ts'
import { type PrivateHosts, parsePrivateHosts } from '../notify/webhooks/webhook-target.ts'

/** How this server writes to people and to programs outside. */
export interface MailSettings {
  /** Null: no letter is sent. */
  readonly post: PostSettings | null
  /** Of which every reply address is a part; null: no letter is sent. */
  readonly mailbox: Mailbox | null
  /** Where answers and bounces are handed over; null: nowhere. */
  readonly letterbox: LetterboxSettings['listen'] | null
  /** Hosts of the own network that webhooks may call. */
  readonly privateWebhooks: PrivateHosts
  /** Does the program itself look for tokens in the DNS? */
  readonly looksInDns: boolean
  /** Hosts whose security.txt the program itself may fetch. */
  readonly looksAt: PrivateHosts
  /** Registries that are asked who owns a package. */
  readonly registries: Registries
}

export type MailRead =
  | { readonly ok: true; readonly mail: MailSettings }
  | { readonly ok: false; readonly key: string; readonly say: string }

/** Reads what the environment says about mail and webhooks, or says which key is wrong and why. */
export function readMailSettings(env: Readonly<Record<string, string | undefined>>): MailRead {
  const bad = (key: string, say: string): MailRead => ({ ok: false, key, say })
  const from = env['WEIR_MAIL_FROM'] ?? ''
  const mailbox = from === '' ? null : mailboxOf(from)
  if (mailbox === null && from !== '')
    return bad('WEIR_MAIL_FROM', 'A mail address of this instance’s own, for example reports@weir.example.org.')
  const smtp = env['WEIR_SMTP'] ?? ''
  if (smtp !== '' && mailbox === null) return bad('WEIR_MAIL_FROM', 'Letters need an address that they come from.')
  const post = smtp === '' ? null : postOf(smtp, mailbox?.domain ?? '')
  if (post === null && smtp !== '')
    return bad('WEIR_SMTP', 'smtp://host:587 or smtps://host:465, with user:password@ where the server asks for them.')
  const socket = env['WEIR_LMTP_SOCKET'] ?? ''
  if (socket !== '' && mailbox === null) return bad('WEIR_MAIL_FROM', 'Answers need an address that they come to.')
  const letterbox = socket === '' ? null : listenOf(socket)
  if (letterbox === null && socket !== '')
    return bad('WEIR_LMTP_SOCKET', 'The path of a Unix socket, or a loopback address with a port, for example 127.0.0.1:2424.')
  const dns = env['WEIR_PROOF_DNS'] ?? ''
  if (!['', '0', '1'].includes(dns)) return bad('WEIR_PROOF_DNS', '1: tokens are looked for in the DNS by the program itself.')
  const registry = env['WEIR_REGISTRY_NPM'] ?? ''
  const npm = registry === '' ? null : parseRegistryBase(registry)
  if (npm === null && registry !== '')
    return bad('WEIR_REGISTRY_NPM', 'The https address of an npm registry, for example https://registry.npmjs.org.')
  return {
    ok: true,
    mail: {
      post,
      mailbox,
      letterbox,
      privateWebhooks: parsePrivateHosts(env['WEIR_PRIVATE_WEBHOOKS'] ?? ''),
      looksInDns: dns === '1',
      looksAt: parsePrivateHosts(env['WEIR_PROOF_HOSTS'] ?? ''),
      registries: { npm },
    },
  }
}

function mailboxOf(text: string): Mailbox | null {
  const found = /^([a-z0-9][a-z0-9._-]{0,40})@((?:[a-z0-9-]{1,63}\.){0,8}[a-z0-9-]{1,63})$/.exec(text.trim().toLowerCase())
  return found === null ? null : { local: found[1]!, domain: found[2]! }
}

function postOf(text: string, name: string): PostSettings | null {
  if (!URL.canParse(text)) return null
  const { protocol, hostname, port, username, password, pathname, search, hash } = new URL(text)
  if ((protocol !== 'smtp:' && protocol !== 'smtps:') || hostname === '' || search !== '' || hash !== '') return null
  if (pathname !== '' && pathname !== '/') return null
  const tls = protocol === 'smtps:' ? 'direct' : 'starttls'
  const user = username === '' ? null : { name: decodeURIComponent(username), password: decodeURIComponent(password) }
  const at = port === '' ? (tls === 'direct' ? 465 : 587) : Number(port)
  return { ...USUAL_POST, host: hostname.replace(/^\[|\]$/g, ''), port: at, tls, user, name }
}

function listenOf(text: string): LetterboxSettings['listen'] | null {
  if (isAbsolute(text)) return text.length <= 100 ? { socket: text } : null
  const found = /^(.{1,60}):(\d{1,5})$/.exec(text)
  const host = found?.[1]?.replace(/^\[|\]$/g, '') ?? ''
  const port = Number(found?.[2])
  return isIP(host) !== 0 && isLoopback(host) && port > 0 && port < 65_536 ? { host, port } : null
}
