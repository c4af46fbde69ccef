import { formatPurl, parsePurl } from '../kernel/purl.ts'
import type { Component } from './component.ts'

/** Qualifiers that name another package, or that matching leans on; all others say where a package was got, not which it is. */
const NAMING: ReadonlySet<string> = new Set([
  'arch',
  'channel',
  'classifier',
  'distro',
  'epoch',
  'modularitylabel',
  'origin',
  'platform',
  'repository_url',
  'rpmmod',
  'source',
  'tag_id',
  'upstream',
  'user',
  'uuid',
])

/** Marks that tell one device from another of the same name. */
const TELLING = /^(?:model|serial|sku):/

/**
 * What makes two entries of inventories one component: the canonical purl without qualifiers and subpath that name no other package;
 * without a purl its CPE names; without those `name:` with group, name, version, model and serial number. A group and a name are
 * joined by a slash, so that formats without groups say the same. Equal for the same inventory in whichever format and order.
 */
export function identityOf(component: Component): string {
  if (component.purl !== null) return purlIdentity(component.purl)
  if (component.cpes.length > 0)
    return [...component.cpes]
      .map((cpe) => cpe.toLowerCase())
      .sort()
      .join(' ')
  const { group, name, version, marks } = component
  const telling = marks.filter((mark) => TELLING.test(mark)).sort()
  return `name:${group === null ? name : `${group}/${name}`}@${version ?? ''}${telling.map((mark) => `;${mark}`).join('')}`
}

function purlIdentity(purl: string): string {
  // Most have neither, and are canonical already.
  if (!purl.includes('?') && !purl.includes('#')) return purl
  const parsed = parsePurl(purl)
  if (!parsed.ok) return purl
  const kept = Object.entries(parsed.purl.qualifiers).filter(([key]) => NAMING.has(key))
  return formatPurl({ ...parsed.purl, qualifiers: Object.fromEntries(kept), subpath: null })
}
