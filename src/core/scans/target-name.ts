import { formatPurl, parsePurl, withoutVersion } from '../kernel/purl.ts'
import { no, type ScanRefusal } from './scan-refusal.ts'

/** What a target is called, whichever version of it: two texts for one package or repository give one name. */
export interface TargetName {
  /** A canonical purl without version, or `repo:host/path`. */
  readonly name: string
  /** The ecosystem whose order the versions follow; null for repositories. */
  readonly ecosystem: string | null
  readonly version: string | null
  /** Where in the repository the text itself pointed: a purl's subpath, a Go module's folder. */
  readonly within: readonly string[]
}

type Named = { readonly ok: true; readonly target: TargetName } | { readonly ok: false; readonly code: ScanRefusal }

const LONGEST = 512
const CONTROL = /[\u0000-\u0020\u007f-\u009f]/

/** Names a package or repository. The text is hostile: at most 512 characters, read in time linear in them, and nothing throws. */
export function nameTarget(text: string): Named {
  const given = text.trim()
  if (given === '' || given.length > LONGEST || !given.isWellFormed() || CONTROL.test(given)) return no('target.malformed')
  return given.toLowerCase().startsWith('pkg:') ? namePackage(given) : nameRepository(given)
}

function namePackage(text: string): Named {
  const parsed = parsePurl(text)
  if (!parsed.ok) return no('target.malformed')
  const { purl } = parsed
  const within = purl.subpath?.split('/') ?? []
  const base = { ecosystem: purl.type, version: purl.version }
  const go = purl.type === 'golang' ? goRepository(`${purl.namespace ?? ''}/${purl.name}`) : null
  if (go !== null) return { ok: true, target: { ...base, name: go.name, within: [...go.within, ...within] } }
  if (purl.name === '*') return no('target.too-wide')
  const forge = FORGE_TYPES.has(purl.type) && purl.namespace !== null
  const name = forge
    ? forgeName(purl.type, purl.namespace, purl.name)
    : formatPurl({ ...withoutVersion(purl), qualifiers: {}, subpath: null })
  return name === null ? no('target.malformed') : { ok: true, target: { ...base, name, within } }
}

/** A Go module's path begins with its repository's address, and goes on with the folder it lies in (go.dev/ref/mod#vcs-find). */
function goRepository(path: string): { name: string; within: readonly string[] } | null {
  const [host = '', owner, repository, ...rest] = path.split('/')
  const forge = FORGES.get(host)
  if (forge === undefined || !owner || !repository) return null
  // The folder of a major version may be a branch instead: without it the claim is the wider one.
  const within = /^v\d+$/.test(rest.at(-1) ?? '') ? rest.slice(0, -1) : rest
  const name = forgeName(forge, owner, repository)
  return name === null ? null : { name, within }
}

function withoutGit(name: string): string {
  return name.replace(/(?:\.git)+$/, '')
}

/** Both kinds of forge ignore case. Null where nothing is left of the repository's name. */
function forgeName(type: string, owner: string, repository: string): string | null {
  const [namespace, name] = [owner.toLowerCase(), withoutGit(repository.toLowerCase())]
  if (name === '') return null
  return formatPurl({ type, namespace, name, version: null, qualifiers: {}, subpath: null })
}

const SCP = /^(?:[\w.-]{1,64}@)?([\w.-]{1,128}):(?!\/)(.{1,400})$/

const WRITTEN = /^repo:([\w.:-]{1,255})\/(.{1,500})$/
const HOST = /^[\w.-]{1,250}(?::\d{1,5})?$/
// What an address would read as something else than a part of a path.
const STRANGE = /[\u0000-\u0020\u007f-\u009f#?%\\]/

const FORGES: ReadonlyMap<string, string> = new Map([
  ['github.com', 'github'],
  ['www.github.com', 'github'],
  ['bitbucket.org', 'bitbucket'],
])

const FORGE_TYPES: ReadonlySet<string> = new Set(FORGES.values())

function nameRepository(text: string): Named {
  const place = placeOf(text)
  if (place === null || !place.host.includes('.') || !HOST.test(place.host)) return no('target.malformed')
  const parts = place.path.split('/').filter((part) => part !== '')
  // The folder `.git` of a repository, or of a mirror of one, is the repository.
  while (parts.length > 0 && withoutGit(parts.at(-1)!) === '') parts.pop()
  if (parts.length > 0) parts.push(withoutGit(parts.pop()!))
  if (parts.some((part) => part === '.' || part === '..' || STRANGE.test(part))) return no('target.malformed')
  // The address of a host or of an owner names many repositories.
  if (parts.length < 2) return no('target.too-wide')
  const repository = { ecosystem: null, version: null, within: [] }
  const forge = FORGES.get(place.host)
  // A forge's address and its purl name the same thing.
  const name = forge === undefined ? `repo:${place.host}/${parts.join('/')}` : forgeName(forge, parts[0]!, parts[1]!)
  return name === null ? no('target.malformed') : { ok: true, target: { ...repository, name } }
}

/** Host and path of an address, of `git@host:path`, or of a name as this file writes it. */
function placeOf(text: string): { host: string; path: string } | null {
  const written = WRITTEN.exec(text)
  if (written !== null) return { host: written[1]!.toLowerCase(), path: written[2]! }
  const bare = text.replace(/^git\+/i, '')
  const scp = bare.includes('://') ? null : SCP.exec(bare)
  return scp === null ? addressed(bare) : { host: scp[1]!.toLowerCase(), path: scp[2]! }
}

function addressed(text: string): { host: string; path: string } | null {
  try {
    const url = new URL(text.includes('://') ? text : `https://${text}`)
    return url.host === '' ? null : { host: url.host.toLowerCase(), path: decoded(url.pathname) }
  } catch {
    return null
  }
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
