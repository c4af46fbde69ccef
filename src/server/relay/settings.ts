/** A secret that is told only to whoever calls for it: it prints as nothing, in logs, errors and JSON alike. */
export type Told = () => string

/** One host that drafts may go to. Only configured ones are ever spoken to. */
export interface RelayHost {
  /** `https://…` without path, query or fragment; plain http on a loopback address only. */
  readonly base: URL
  readonly token: Told
}

/** Who may be spoken to, with the clearinghouse's own credentials; null: that route is closed. */
export interface RelaySettings {
  readonly github: RelayHost | null
  readonly vince: RelayHost | null
  readonly akrites: RelayHost | null
  readonly cve: CveHost | null
}

/** CVE Services: an organisation's short name, a user of it, and that user's key. */
export interface CveHost extends RelayHost {
  readonly organisation: string
  readonly user: string
  /** False on the test instance, whose ids mean nothing. */
  readonly production: boolean
}

export type RelaySettingsRead =
  | { readonly ok: true; readonly settings: RelaySettings }
  | { readonly ok: false; readonly key: string; readonly why: string }

export const CVE_TEST = 'https://cveawg-test.mitre.org/api'
export const CVE_PRODUCTION = 'https://cveawg.mitre.org/api'

type Environment = Readonly<Record<string, string | undefined>>

class Wrong extends Error {
  readonly key: string

  constructor(key: string, why: string) {
    super(why)
    this.key = key
  }
}

/** Reads the relay's settings whole, or says which key is wrong and why; a route without a token is closed. */
export function readRelaySettings(env: Environment): RelaySettingsRead {
  try {
    return { ok: true, settings: { ...hosts(env), cve: cve(env) } }
  } catch (error) {
    if (error instanceof Wrong) return { ok: false, key: error.key, why: error.message }
    throw error
  }
}

function hosts(env: Environment): Omit<RelaySettings, 'cve'> {
  const github = env['WEIR_RELAY_GITHUB_URL'] ?? 'https://api.github.com'
  const vince = env['WEIR_RELAY_VINCE_URL'] ?? 'https://kb.cert.org'
  const akrites = env['WEIR_RELAY_AKRITES_URL'] ?? 'https://intake.tap.akrites.dev'
  return {
    github: host('WEIR_RELAY_GITHUB', env['WEIR_RELAY_GITHUB_TOKEN'], github),
    vince: host('WEIR_RELAY_VINCE', env['WEIR_RELAY_VINCE_TOKEN'], vince),
    akrites: host('WEIR_RELAY_AKRITES', env['WEIR_RELAY_AKRITES_TOKEN'], akrites),
  }
}

function host(keys: string, text: string | undefined, url: string): RelayHost | null {
  const token = secret(`${keys}_TOKEN`, text)
  return token === null ? null : { base: base(`${keys}_URL`, url), token: () => token }
}

function cve(env: Environment): CveHost | null {
  const key = secret('WEIR_CVE_KEY', env['WEIR_CVE_KEY'])
  if (key === null) return null
  const instance = env['WEIR_CVE_INSTANCE'] ?? 'test'
  if (instance !== 'test' && instance !== 'production') throw new Wrong('WEIR_CVE_INSTANCE', 'It is `test` or `production`.')
  const production = instance === 'production'
  const url = env['WEIR_CVE_URL'] ?? (production ? CVE_PRODUCTION : CVE_TEST)
  const read = base('WEIR_CVE_URL', url)
  // The production instance is never reached by an address alone.
  if (!production && read.hostname === new URL(CVE_PRODUCTION).hostname) {
    throw new Wrong('WEIR_CVE_URL', 'This is the production instance; set WEIR_CVE_INSTANCE to `production` to mean it.')
  }
  return {
    base: read,
    token: () => key,
    organisation: name('WEIR_CVE_ORG', env['WEIR_CVE_ORG']),
    user: name('WEIR_CVE_USER', env['WEIR_CVE_USER']),
    production,
  }
}

function secret(key: string, value: string | undefined): string | null {
  const text = value?.trim() ?? ''
  if (text === '') return null
  if (!/^[\u0021-\u007e]{8,1024}$/.test(text)) throw new Wrong(key, 'A token is 8 to 1024 visible ASCII characters.')
  return text
}

function name(key: string, value: string | undefined): string {
  const text = value?.trim() ?? ''
  if (!/^[\u0021-\u007e]{2,128}$/.test(text))
    throw new Wrong(key, 'It is needed beside WEIR_CVE_KEY: 2 to 128 visible ASCII characters.')
  return text
}

function base(key: string, text: string): URL {
  if (!URL.canParse(text)) throw new Wrong(key, 'This is not a web address.')
  const url = new URL(text)
  const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(url.hostname)
  if (url.protocol !== 'https:' && !(loopback && url.protocol === 'http:')) throw new Wrong(key, 'It must begin with https://.')
  if (url.username !== '' || url.password !== '') throw new Wrong(key, 'A credential has no place in an address.')
  if (url.search !== '' || url.hash !== '') throw new Wrong(key, 'An address of a host has no query and no fragment.')
  return url
}
