import { isLoopback } from '../../notify/mail/post-settings.ts'

/** Base addresses of package registries that are asked who owns a package; null: that registry is not asked. */
export interface Registries {
  readonly npm: string | null
}

export const NO_REGISTRIES: Registries = { npm: null }

/** Reads a registry's base address, without a slash at its end: https, or http on this machine alone; null for anything else. */
export function parseRegistryBase(text: string): string | null {
  if (text.length > 500 || !URL.canParse(text)) return null
  const { protocol, hostname, username, password, search, hash, origin, pathname } = new URL(text)
  const own = protocol === 'http:' && isLoopback(hostname.replace(/^\[|\]$/g, ''))
  if ((protocol !== 'https:' && !own) || hostname === '') return null
  if (username !== '' || password !== '' || search !== '' || hash !== '') return null
  return `${origin}${pathname.endsWith('/') ? pathname.slice(0, -1) : pathname}`
}
