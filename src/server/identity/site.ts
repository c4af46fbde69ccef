import type { Config } from '../main/config.ts'

/** Where people find this instance: its public address, or this machine. No slash at the end. */
export function siteOf(config: Config): string {
  return config.publicUrl ?? `http://localhost:${config.port}`
}

/** The name passkeys are bound to (WebAuthn's RP ID). */
export function relyingParty(config: Config): string {
  return new URL(siteOf(config)).hostname
}
