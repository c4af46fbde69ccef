import { parsePurl } from '../../../core/kernel/purl.ts'
import { readWhole } from '../../store/blobs/pieces.ts'
import type { Registries } from './registry-base.ts'

const MOST_BYTES = 5 << 20
const MOST_OWNERS = 1_000
const PATIENCE_MS = 10_000

/** The registry of npm packages knows names like these; a dot at the beginning could climb out of the address. */
const SCOPE = /^@[a-z0-9~_-][a-z0-9._~-]*$/i
const NAME = /^[a-z0-9~_-][a-z0-9._~-]*$/i

/** A package's name as npm writes it, from its purl; null where the purl is of another registry. Never throws. */
export function npmNameOf(purl: string): string | null {
  const parsed = parsePurl(purl)
  if (!parsed.ok || parsed.purl.type !== 'npm') return null
  const { namespace, name } = parsed.purl
  if (!NAME.test(name) || (namespace !== null && !SCOPE.test(namespace))) return null
  const full = namespace === null ? name : `${namespace}/${name}`
  return full.length <= 214 ? full : null
}

/** Whether a registry is configured that can be asked who owns this package. */
export function canAskRegistry(registries: Registries, purl: string): boolean {
  return registries.npm !== null && npmNameOf(purl) !== null
}

/**
 * Mail addresses of a package's owners as its configured registry gives them now, one a line, in lower case; null where no registry
 * is configured or its answer cannot be used. No redirect is followed: only the host that the operator named is believed.
 */
export async function registryOwners(registries: Registries, purl: string, patienceMs = PATIENCE_MS): Promise<string | null> {
  const name = npmNameOf(purl)
  if (name === null || registries.npm === null) return null
  // A name with its scope is one segment there: the slash is encoded too.
  const text = await textAt(`${registries.npm}/${encodeURIComponent(name)}`, patienceMs).catch(() => null)
  return text === null ? null : npmOwners(text, name)
}

/** Reads npm's hostile answer about one package: `maintainers[].email`. Null where it is about another package or of another shape. */
export function npmOwners(text: string, name: string): string | null {
  const answer = objectOf(text)
  const maintainers = answer?.['maintainers']
  if (answer === null || answer['name'] !== name || !Array.isArray(maintainers)) return null
  return maintainers
    .slice(0, MOST_OWNERS)
    .map((one: unknown) => (typeof one === 'object' && one !== null && 'email' in one ? one.email : null))
    .filter((email) => typeof email === 'string')
    .filter(isPlainAddress)
    .map((email) => email.toLowerCase())
    .join('\n')
}

/** Whether the owners' addresses have that of this subject, a contact by mail. */
export function isOwner(subject: string, owners: string): boolean {
  const address = mailOf(subject)
  return address !== null && owners.split('\n').includes(address)
}

/** The mail address of a subject; null where it is no contact by mail, or one that could be told from others by its letters only. */
export function mailOf(subject: string): string | null {
  const address = subject.startsWith('mail:') ? subject.slice('mail:'.length) : ''
  return isPlainAddress(address) ? address.toLowerCase() : null
}

// Beyond ASCII two different addresses can have one lower case.
function isPlainAddress(text: string): boolean {
  return text.length <= 254 && /^[\x21-\x3f\x41-\x7e]+@[a-z0-9.-]+$/i.test(text)
}

async function textAt(url: string, patienceMs: number): Promise<string | null> {
  const answer = await fetch(url, {
    redirect: 'error',
    signal: AbortSignal.timeout(patienceMs),
    headers: { accept: 'application/json' },
  })
  if (!answer.ok || answer.body === null) {
    await answer.body?.cancel()
    return null
  }
  // What was cut is no JSON: it is not looked at.
  return (await readWhole(answer.body, MOST_BYTES))?.toString('utf8') ?? null
}

function objectOf(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}
