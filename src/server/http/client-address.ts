import type { Context } from 'hono'
import type { Env } from './door.ts'

/**
 * Where a request came from, for counting attempts only. Behind the proxy of a public address that is what the proxy itself
 * wrote last; else the socket's peer. Of an IPv6 address the first 64 bits, as one household holds all the rest.
 */
export function clientAddress(c: Context<Env>, behindProxy: boolean): string {
  const forwarded = behindProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined
  const peer = (c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)?.incoming?.socket?.remoteAddress
  const address = (forwarded || peer || 'unknown').slice(0, 64)
  if (!address.includes(':')) return address
  if (address.includes('.')) return address.slice(address.lastIndexOf(':') + 1)
  return address.split('::')[0]!.split(':').slice(0, 4).join(':') || '::'
}
