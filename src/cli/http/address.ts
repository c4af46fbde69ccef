import { EXIT, Stop } from '../exit.ts'

export const DEFAULT_SERVER = 'http://localhost:4180'

/** A server's address out of what a person wrote; throws Stop where it is none, or would carry reports unencrypted over a network. */
export function serverAddress(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new Stop(
      EXIT.badInput,
      `${text} is not the address of a server.`,
      `Give it like ${DEFAULT_SERVER} or https://weir.example.org`,
    )
  }
  if (url.username !== '' || url.password !== '') {
    throw new Stop(
      EXIT.badInput,
      'An address with a password in it would end up in logs.',
      'Give a token with --token or WEIR_TOKEN.',
    )
  }
  if (url.protocol === 'http:' && !isLoopback(url)) {
    throw new Stop(EXIT.badInput, `Reports and tokens do not travel unencrypted to ${url.host}.`, `Use https://${url.host}`)
  }
  return url
}

/** Whether the address is this machine's own. */
export function isLoopback(url: URL): boolean {
  return (
    url.hostname === 'localhost' ||
    url.hostname.endsWith('.localhost') ||
    url.hostname === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(url.hostname)
  )
}
