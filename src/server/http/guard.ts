import { randomBytes } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import type { Principal } from '../../core/access/principal.ts'
import { STRANGER } from '../../core/access/principal.ts'
import { type Caller, type Env, refuse } from './door.ts'

/** Turns a cookie or a bearer token into a principal; null when it is not (or no longer) good. */
export interface Recognise {
  session(secret: string): Promise<{ principal: Principal; digest: Buffer } | null>
  token(secret: string): Promise<Principal | null>
}

export interface GuardOptions {
  readonly recognise: Recognise
  /** Host headers that are answered; others get nothing, so that no other site's name can point here. */
  readonly hosts: readonly string[]
  /** On a demo a proxy in front is a mistake: every forwarding header is refused. */
  readonly demo: boolean
}

const HEADERS = {
  'content-security-policy':
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'camera=(), microphone=(), geolocation=(), publickey-credentials-get=(self), publickey-credentials-create=(self)',
}

const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via']

export const COOKIE = 'weir_session'

/** First in line for every request: host, forwarding headers, headers of safety, who asks, and whether a browser's write is its own. */
export function guard(options: GuardOptions): MiddlewareHandler<Env> {
  const hosts = new Set(options.hosts)
  return async (c, next) => {
    const again = async () => ((await ask()) ?? nobody).principal
    const nobody: Caller = { principal: STRANGER, by: 'nobody', session: null, again, trace: randomBytes(8).toString('hex') }
    const ask = async () => await recognise(c.req.header('authorization'), c.req.header('cookie'), options.recognise, nobody)
    c.set('caller', nobody)
    for (const [name, value] of Object.entries(HEADERS)) c.header(name, value)
    const host = (c.req.header('host') ?? '').toLowerCase()
    if (!hosts.has(host))
      return refuse(c, { ok: false, code: 'origin.not-accepted', say: 'This server does not answer to that host name.' })
    if (options.demo && FORWARDED.some((name) => c.req.header(name) !== undefined)) {
      return refuse(c, {
        ok: false,
        code: 'origin.not-accepted',
        say: 'A demo answers this machine only and takes no forwarded request.',
      })
    }
    if (c.req.path.startsWith('/v1/')) c.header('cache-control', 'no-store')
    const caller = await ask()
    if (caller === null)
      return refuse(c, { ok: false, code: 'session.not-accepted', say: 'The token is unknown, ended or expired.' })
    c.set('caller', caller)
    const writes = !['GET', 'HEAD', 'OPTIONS'].includes(c.req.method)
    if (writes && !ownRequest(caller, c.req.header('x-weir'), c.req.header('origin'), c.req.header('sec-fetch-site'), hosts)) {
      return refuse(c, {
        ok: false,
        code: 'origin.not-accepted',
        say: 'A change needs the header x-weir and must come from this site.',
      })
    }
    await next()
  }
}

async function recognise(
  authorization: string | undefined,
  cookie: string | undefined,
  known: Recognise,
  nobody: Caller,
): Promise<Caller | null> {
  if (authorization !== undefined) {
    const secret = /^Bearer ([\w.-]{1,200})$/i.exec(authorization)?.[1]
    const principal = secret === undefined ? null : await known.token(secret)
    return principal === null ? null : { ...nobody, principal, by: 'token' }
  }
  const secret = new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]{1,200})(?:;|$)`).exec(cookie ?? '')?.[1]
  if (secret === undefined) return nobody
  const session = await known.session(secret)
  // An ended session is a stranger, not an error: the page can say "sign in".
  return session === null ? nobody : { ...nobody, principal: session.principal, by: 'cookie', session: session.digest }
}

/** Cross-site requests carry an Origin or Sec-Fetch-Site that says so, and cannot set our header. */
function ownRequest(
  caller: Caller,
  mark: string | undefined,
  origin: string | undefined,
  site: string | undefined,
  hosts: Set<string>,
): boolean {
  if (caller.by === 'token') return true
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  if (origin !== undefined && origin !== 'null') {
    const url = URL.canParse(origin) ? new URL(origin) : null
    if (url === null || !hosts.has(url.host)) return false
  }
  return caller.by === 'nobody' ? origin !== 'null' : mark === '1'
}
