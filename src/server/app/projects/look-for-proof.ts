import { Resolver } from 'node:dns/promises'
import type { PrivateHosts } from '../../notify/webhooks/webhook-target.ts'
import type { LookForProof } from './project-desk.ts'
import type { Registries } from './registry-base.ts'
import { registryOwners } from './registry-owner.ts'

const MOST = 256 << 10
const PATIENCE_MS = 10_000

interface Allowed {
  readonly looksInDns: boolean
  readonly looksAt: PrivateHosts
  readonly registries: Registries
}

/** By which ways it looks; handed in so that tests can stand at the other end. */
export interface LookWays {
  /** TXT records of a name, each in its parts. Rejects where there are none, or nobody answers in time. */
  readonly resolveTxt: (domain: string) => Promise<string[][]>
  readonly fetch: (url: string, how: RequestInit) => Promise<Response>
}

const WAYS: LookWays = {
  resolveTxt: async (domain) => await new Resolver({ timeout: PATIENCE_MS / 2, tries: 2 }).resolveTxt(domain),
  fetch,
}

/** Looks where the operator lets the program look: TXT records, security.txt of the hosts that are named, and registries. Never rejects. */
export function lookForProof({ looksInDns, looksAt, registries }: Allowed, ways: LookWays = WAYS): LookForProof {
  return async (kind, place) => {
    if (kind === 'dns-txt') return looksInDns ? await txtOf(place, ways) : null
    if (kind === 'registry-owner') return await registryOwners(registries, place)
    if (kind === 'security-txt' && looksAt.has(place)) return await securityTxt(place, ways).catch(() => null)
    return null
  }
}

async function txtOf(domain: string, { resolveTxt }: LookWays): Promise<string | null> {
  const records = await resolveTxt(domain).catch(() => null)
  return records === null
    ? null
    : records
        .map((parts) => parts.join(''))
        .join('\n')
        .slice(0, MOST)
}

/** No redirect is followed: another host would answer then than the one that the operator named. */
async function securityTxt(host: string, ways: LookWays): Promise<string | null> {
  const answer = await ways.fetch(`https://${host}/.well-known/security.txt`, {
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE_MS),
    headers: { accept: 'text/plain' },
  })
  if (!answer.ok || answer.body === null) {
    await answer.body?.cancel()
    return null
  }
  const parts: Uint8Array[] = []
  let held = 0
  for await (const part of answer.body) {
    parts.push(part)
    held += part.length
    if (held > MOST) break
  }
  return Buffer.concat(parts).subarray(0, MOST).toString('utf8')
}
