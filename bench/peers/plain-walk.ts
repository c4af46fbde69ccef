/** A component as a plain walk of an inventory sees it; it knows nothing of our readers. */
export interface WalkedComponent {
  readonly purl: string
  readonly ref: string | null
  readonly type: string | null
  /** Stands within another component. */
  readonly nested: boolean
  /** SPDX: another package contains or needs it. */
  readonly related: boolean
}

interface Node {
  readonly [key: string]: unknown
}

/** Every component with a purl: CycloneDX and SPDX 2 in JSON, CycloneDX in XML and SPDX tag-value by their lines; other formats have none here. */
export function walkComponents(text: string): WalkedComponent[] {
  if (!text.startsWith('{')) return walkText(text)
  const bom = JSON.parse(text) as Node
  const main = (bom['metadata'] as Node | undefined)?.['component']
  const related = new Set(
    list(bom['relationships'])
      .filter((one) => one['relationshipType'] === 'CONTAINS' || one['relationshipType'] === 'DEPENDS_ON')
      .map((one) => one['relatedSpdxElement']),
  )
  const packages = list(bom['packages']).flatMap((one) =>
    list(one['externalRefs'])
      .filter((ref) => ref['referenceType'] === 'purl')
      .map((ref) => ({ ...plain(String(ref['referenceLocator'])), related: related.has(one['SPDXID']) })),
  )
  return [
    ...packages,
    ...[...list(bom['components']), ...(main === undefined ? [] : [main as Node])].flatMap((one) => walk(one, false)),
  ]
}

function walk(of: Node, nested: boolean): WalkedComponent[] {
  const { purl, type } = of
  const ref = of['bom-ref']
  const own =
    typeof purl === 'string' && purl !== ''
      ? [{ ...plain(purl), ref: typeof ref === 'string' ? ref : null, type: typeof type === 'string' ? type : null, nested }]
      : []
  return [...own, ...list(of['components']).flatMap((one) => walk(one, true))]
}

function walkText(text: string): WalkedComponent[] {
  const found = [...text.matchAll(/<purl>([^<]*)<\/purl>|^ExternalRef: \S+ purl (\S+)/gm)]
  return found.map(([, xml, line]) => plain((xml ?? line ?? '').replaceAll('&amp;', '&').trim()))
}

function plain(purl: string): WalkedComponent {
  return { purl, ref: null, type: null, nested: false, related: false }
}

function list(value: unknown): Node[] {
  return Array.isArray(value) ? (value as Node[]) : []
}
