/** How letters go out. */
export interface PostSettings {
  readonly host: string
  readonly port: number
  /** TLS from the first byte, or by STARTTLS. On a loopback address plain is taken where the server offers no STARTTLS. */
  readonly tls: 'direct' | 'starttls'
  readonly user: { readonly name: string; readonly password: string } | null
  /** The name this host gives itself. */
  readonly name: string
  /** Further authorities in PEM, for a mail server of one's own. */
  readonly authorities: string | null
  /** Connections at once, and letters of one claim. */
  readonly connections: number
  readonly atOnce: number
  readonly connectMs: number
  /** How long the server may be silent. Shorter than minutes makes letters unsure whose answer was only slow (RFC 5321 §4.5.3.2). */
  readonly answerMs: number
}

/** Settings but for host, port and name. */
export const USUAL_POST: Omit<PostSettings, 'host' | 'port' | 'name'> = {
  tls: 'starttls',
  user: null,
  authorities: null,
  connections: 2,
  atOnce: 20,
  connectMs: 20_000,
  answerMs: 300_000,
}

/** Whether a host is this machine by its name or address alone; no name is resolved. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host)
}
