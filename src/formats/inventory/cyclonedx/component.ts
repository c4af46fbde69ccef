import { mendPurl } from '../../../core/kernel/purl.ts'
import { type Kept, keptAt, keptList, keptText } from '../../json/wanted.ts'
import type { Draft } from '../draft.ts'
import { keptHashes } from '../kept-marks.ts'

/** Properties in which tools say what the format has no field for (CycloneDX property taxonomy, `cdx:device`). */
const DEVICE_MARKS: ReadonlyMap<string, string> = new Map([
  ['cdx:device:serialNumber', 'serial'],
  ['cdx:device:modelNumber', 'model'],
  ['cdx:device:sku', 'sku'],
])
const NONE: readonly string[] = []

/** One component of CycloneDX, its purl, CPE and marks as they stand; a `bom-ref` that is a purl serves where no purl is stated. */
export function componentDraft(value: Kept, place: string, type: string | null): Draft {
  const purl = keptText(value, 'purl')
  const version = keptText(value, 'version')
  const ref = keptText(value, 'bom-ref')
  const stated = purl ?? purlInReference(ref, version)
  const cpe = keptText(value, 'cpe')
  return {
    purls: stated === null ? NONE : [stated],
    cpes: cpe === null ? NONE : [cpe],
    group: keptText(value, 'group'),
    name: keptText(value, 'name'),
    version,
    type: keptText(value, 'type') ?? type,
    marks: stated === null ? marksOf(value) : NONE,
    place,
    ref,
    upstream: stated === null ? null : sourceOf(value),
  }
}

/** A reference is any text; it is taken for a purl where it reads as one and does not say another version. */
function purlInReference(reference: string | null, version: string | null): string | null {
  if (reference === null || !reference.startsWith('pkg:')) return null
  const parsed = mendPurl(reference)
  if (!parsed.ok) return null
  return parsed.purl.version === null || version === null || parsed.purl.version === version ? reference : null
}

function marksOf(value: Kept): readonly string[] {
  const marks = keptHashes(value, 'hashes', 'alg', 'content')
  for (const property of keptList(value, 'properties')) {
    const kind = DEVICE_MARKS.get(keptText(property, 'name') ?? '')
    const text = keptText(property, 'value')
    if (kind !== undefined && text !== null) marks.push(`${kind}:${text}`)
  }
  const swid = keptText(keptAt(value, 'swid'), 'tagId')
  if (swid !== null) marks.push(`swid:${swid}`)
  const vendor =
    keptText(keptAt(value, 'manufacturer'), 'name') ??
    keptText(keptAt(value, 'supplier'), 'name') ??
    keptText(keptAt(value, 'provider'), 'name')
  if (vendor !== null) marks.push(`vendor:${vendor}`)
  return marks
}

/** Trivy states the source package in properties of its own. */
function sourceOf(value: Kept): string | null {
  const properties = keptAt(value, 'properties')
  if (properties === undefined) return null
  const stated = new Map<string, string>()
  for (const property of keptList(value, 'properties')) {
    const name = keptText(property, 'name')
    if (name?.startsWith('aquasecurity:trivy:Src')) stated.set(name.slice(22), keptText(property, 'value') ?? '')
  }
  const name = stated.get('Name')
  const version = stated.get('Version')
  if (!name) return null
  if (!version) return name
  const epoch = stated.get('Epoch')
  const release = stated.get('Release')
  return `${name}@${epoch && epoch !== '0' ? `${epoch}:` : ''}${version}${release ? `-${release}` : ''}`
}
