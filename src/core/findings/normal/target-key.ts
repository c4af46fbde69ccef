import { formatPurl, parsePurl, withoutVersion } from '../../kernel/purl.ts'
import type { Target } from '../finding.ts'

const MAX = 512

/**
 * One name of what the flaw is in, whichever version: a canonical purl without version, qualifiers and subpath, or the address of
 * a repository with scheme, credentials, `.git` and the case of its host folded away. Null where nothing usable is stated.
 */
export function targetKey(target: Target | null): string | null {
  if (target === null) return null
  return purlKey(target.purl) ?? repositoryKey(target.repository)
}

function purlKey(text: string | null): string | null {
  if (text === null || text.length > MAX) return null
  const parsed = parsePurl(text)
  if (!parsed.ok) return null
  return formatPurl({ ...withoutVersion(parsed.purl), qualifiers: {}, subpath: null })
}

const SCP = /^(?:[\w.-]{1,64}@)?([\w.-]{1,128}):(?!\/)(.{1,400})$/

function repositoryKey(text: string | null): string | null {
  if (text === null || text.length > MAX) return null
  const trimmed = text.trim().replace(/^git\+/, '')
  const scp = trimmed.includes('://') ? null : SCP.exec(trimmed)
  const place = scp === null ? addressed(trimmed) : { host: scp[1]!.toLowerCase(), path: scp[2]! }
  if (place === null) return null
  const path = place.path
    .split('/')
    .filter((part) => part !== '')
    .join('/')
    .replace(/\.git$/, '')
  if (path === '') return null
  const forge = FORGES.get(place.host)
  const parts = path.split('/')
  // A forge's address and its purl name the same thing; both kinds of forge ignore case.
  if (forge !== undefined && parts.length >= 2) return `pkg:${forge}/${parts[0]}/${parts[1]}`.toLowerCase()
  return `repo:${place.host}/${path}`
}

const FORGES: ReadonlyMap<string, string> = new Map([
  ['github.com', 'github'],
  ['www.github.com', 'github'],
  ['bitbucket.org', 'bitbucket'],
])

function addressed(text: string): { host: string; path: string } | null {
  try {
    const url = new URL(text.includes('://') ? text : `https://${text}`)
    return url.host === '' ? null : { host: url.host.toLowerCase(), path: decodePath(url.pathname) }
  } catch {
    return null
  }
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
