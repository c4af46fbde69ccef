import { allowInsecureRequests, type Configuration, discovery } from 'openid-client'
import type { Config } from '../../main/config.ts'

export type Provider = () => Promise<Configuration>

/** The identity provider's own description, fetched at first use and kept; a failed fetch is tried again at the next sign-in. */
export function oidcProvider(oidc: NonNullable<Config['oidc']>): Provider {
  let known: Promise<Configuration> | null = null
  // Plain http was accepted for a loopback address only, when the configuration was read.
  const options = { timeout: 10, ...(oidc.issuer.startsWith('http:') ? { execute: [allowInsecureRequests] } : {}) }
  return async () => {
    known ??= discovery(new URL(oidc.issuer), oidc.clientId, oidc.clientSecret, undefined, options)
    try {
      return await known
    } catch (error) {
      known = null
      throw error
    }
  }
}
