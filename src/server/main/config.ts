import { resolve } from 'node:path'
import type { Publisher } from '../../core/advisories/publisher.ts'
import { type RelaySettings, readRelaySettings } from '../relay/settings.ts'
import { defaultKeyFolder } from '../store/keys/folder.ts'
import { type MailSettings, readMailSettings } from './mail-settings.ts'
import { readPublisher } from './publisher.ts'

/** Everything this server was told, in one typed value; secrets are not here but in the key store. */
export interface Config {
  readonly name: string
  readonly data: string
  readonly keys: string
  /** The custodian's own folder, beside the keys: outside data and backups. */
  readonly custody: string
  /** May endpoints of models lie on this machine or a private network? */
  readonly privateEndpoints: boolean
  readonly port: number
  /** Public address people use, when a proxy stands in front; null: this machine only. */
  readonly publicUrl: string | null
  readonly contact: string
  readonly demo: boolean
  readonly databaseUrl: string | null
  readonly ledgerIntervalSeconds: number
  readonly tallySeconds: number
  readonly quota: { readonly organisation: number; readonly strangers: number }
  /** Whether this server starts a runner of its own, and what one organisation may have run. */
  readonly validation: { readonly ownRunner: boolean; readonly atOnce: number; readonly secondsADay: number }
  readonly oidc: {
    readonly issuer: string
    readonly clientId: string
    readonly clientSecret: string
    readonly name: string
  } | null
  /** Who publishes advisories here, and where. */
  readonly publisher: Publisher
  /** Other coordinators and CVE Services, with the credentials for them. */
  readonly relay: RelaySettings
  /** Letters, answers and webhooks. */
  readonly mail: MailSettings
  readonly metricsPublic: boolean
  readonly logLevel: string
}

export type ConfigResult =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly key: string; readonly say: string }

export interface Flags {
  readonly data?: string | undefined
  readonly port?: number | undefined
  readonly demo?: boolean | undefined
}

/** Reads flags and environment whole, or says which key is wrong and why; the server does not start on half a configuration. */
export function readConfig(env: Readonly<Record<string, string | undefined>>, flags: Flags, home: string): ConfigResult {
  const bad = (key: string, say: string): ConfigResult => ({ ok: false, key, say })
  const whole = (key: string, fallback: number, least: number, most: number): number | null => {
    const text = env[key]
    if (text === undefined || text === '') return fallback
    const value = Number(text)
    return Number.isInteger(value) && value >= least && value <= most ? value : null
  }
  const demo = flags.demo ?? env['WEIR_DEMO'] === '1'
  const data = resolve(flags.data ?? env['WEIR_DATA'] ?? `${home}/${demo ? '.weir-demo' : '.weir'}/data`)
  const keys = resolve(env['WEIR_KEYS'] ?? defaultKeyFolder(data))
  if (keys === data || keys.startsWith(`${data}/`))
    return bad('WEIR_KEYS', 'The key store must lie outside the data folder, or a copy of one would open the other.')
  const port = flags.port ?? whole('WEIR_PORT', 4180, 1, 65535)
  if (port === null) return bad('WEIR_PORT', 'A port is a whole number from 1 to 65535.')
  const interval = whole('WEIR_LEDGER_SECONDS', demo ? 10 : 60, 1, 3600)
  if (interval === null) return bad('WEIR_LEDGER_SECONDS', 'Seconds from 1 to 3600.')
  const tally = whole('WEIR_TALLY_SECONDS', 3600, 1, 86_400)
  if (tally === null) return bad('WEIR_TALLY_SECONDS', 'Seconds from 1 to 86400.')
  const organisation = whole('WEIR_QUOTA', 2_000_000, 1, 1_000_000_000)
  const strangers = whole('WEIR_QUOTA_STRANGERS', 2_000, 0, 1_000_000_000)
  if (organisation === null) return bad('WEIR_QUOTA', 'Items a day and organisation, a whole number.')
  if (strangers === null) return bad('WEIR_QUOTA_STRANGERS', 'Items a day from people without an account, a whole number.')
  const runner = env['WEIR_RUNNER'] ?? 'on'
  if (runner !== 'on' && runner !== 'off')
    return bad(
      'WEIR_RUNNER',
      'on: a runner is started where one is needed; off: reproducers are run by runners elsewhere, or not at all.',
    )
  const atOnce = whole('WEIR_VALIDATION_AT_ONCE', 2, 1, 1000)
  if (atOnce === null) return bad('WEIR_VALIDATION_AT_ONCE', 'Validations of one organisation at once, a whole number.')
  const secondsADay = whole('WEIR_VALIDATION_SECONDS', 14_400, 1, 100_000_000)
  if (secondsADay === null)
    return bad('WEIR_VALIDATION_SECONDS', 'Seconds of sandbox time a day and organisation, a whole number.')
  const publicUrl = env['WEIR_PUBLIC_URL'] ?? null
  if (publicUrl !== null && !/^https:\/\/[^/]+$/.test(publicUrl))
    return bad('WEIR_PUBLIC_URL', 'An https address without a path, for example https://weir.example.org.')
  if (publicUrl !== null && demo)
    return bad('WEIR_PUBLIC_URL', 'A demo answers this machine only; leave the public address away.')
  const databaseUrl = env['DATABASE_URL'] ?? null
  if (databaseUrl !== null && !/^postgres(ql)?:\/\//.test(databaseUrl))
    return bad('DATABASE_URL', 'An address that begins with postgres:// or postgresql://.')
  const oidc = readOidc(env)
  if (oidc === undefined)
    return bad(
      'WEIR_OIDC_ISSUER',
      'OIDC needs WEIR_OIDC_ISSUER (an https or loopback address), WEIR_OIDC_CLIENT_ID and WEIR_OIDC_CLIENT_SECRET together.',
    )
  const name = env['WEIR_NAME'] ?? (demo ? 'Weir demo' : 'Weir')
  const contact = env['WEIR_CONTACT'] ?? 'mailto:security@localhost'
  const published = readPublisher(env, { name, home: publicUrl ?? `http://localhost:${port}`, contact })
  if (!published.ok) return bad(published.key, published.say)
  const relay = readRelaySettings(env)
  if (!relay.ok) return bad(relay.key, relay.why)
  const mail = readMailSettings(env)
  if (!mail.ok) return bad(mail.key, mail.say)
  return {
    ok: true,
    config: {
      name,
      data,
      keys,
      custody: `${keys}-custody`,
      // The model of a demo answers on this machine.
      privateEndpoints: demo || env['WEIR_PRIVATE_ENDPOINTS'] === '1',
      port,
      publicUrl,
      contact,
      demo,
      databaseUrl,
      ledgerIntervalSeconds: interval,
      tallySeconds: tally,
      quota: { organisation, strangers },
      validation: { ownRunner: runner === 'on', atOnce, secondsADay },
      oidc,
      publisher: published.publisher,
      relay: relay.settings,
      mail: mail.mail,
      metricsPublic: env['WEIR_METRICS_PUBLIC'] === '1',
      logLevel: env['WEIR_LOG'] ?? 'info',
    },
  }
}

function readOidc(env: Readonly<Record<string, string | undefined>>): Config['oidc'] | undefined {
  const issuer = env['WEIR_OIDC_ISSUER']
  const clientId = env['WEIR_OIDC_CLIENT_ID']
  const clientSecret = env['WEIR_OIDC_CLIENT_SECRET']
  if (!issuer && !clientId && !clientSecret) return null
  if (!issuer || !clientId || !clientSecret || !/^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/])/.test(issuer))
    return undefined
  return { issuer, clientId, clientSecret, name: env['WEIR_OIDC_NAME'] ?? new URL(issuer).hostname }
}
