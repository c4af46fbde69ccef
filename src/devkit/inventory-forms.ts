// One inventory in every form that is read: formats, nesting, order, duplicates and spellings drawn by a seed. For tests and long runs.

import type { InventoryKind } from '../formats/inventory/inventory.ts'

export interface FormedComponent {
  /** Canonical, with version. */
  readonly purl: string | null
  readonly cpe: string | null
  readonly group: string | null
  readonly name: string
  readonly version: string | null
  readonly type: string
}

export const INVENTORY_FORMS = [
  'cyclonedx-json',
  'cyclonedx-xml',
  'spdx-json',
  'spdx-tag-value',
  'spdx3-json',
  'syft-json',
  'in-toto',
] as const satisfies readonly InventoryKind[]
export type InventoryForm = (typeof INVENTORY_FORMS)[number]

/** Draws numbers below 1 from a seed, the same on every machine. */
export function drawing(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** The inventory as the text of one form; the same seed gives the same text. */
export function formInventory(components: readonly FormedComponent[], form: InventoryForm, seed: number): string {
  const draw = drawing(seed)
  const repeated = components.flatMap((one) => (draw() < 0.2 ? [one, one] : [one]))
  const order = shuffled(repeated, draw)
  switch (form) {
    case 'cyclonedx-json':
      return json(cyclonedx(order, draw), draw)
    case 'cyclonedx-xml':
      return cyclonedxXml(order, draw)
    case 'spdx-json':
      return json(spdx(order), draw)
    case 'spdx-tag-value':
      return tagValue(order)
    case 'spdx3-json':
      return json(spdx3(order, draw), draw)
    case 'syft-json':
      return json(syft(order), draw)
    case 'in-toto':
      return envelope(order, draw)
  }
}

interface Tree {
  readonly of: FormedComponent
  readonly under: Tree[]
}

function shuffled<T>(list: readonly T[], draw: () => number): T[] {
  const out = [...list]
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(draw() * (i + 1))
    const held = out[i]!
    out[i] = out[j]!
    out[j] = held
  }
  return out
}

/** Puts each component at the top or below one that stands already. */
function nested(components: readonly FormedComponent[], draw: () => number): Tree[] {
  const top: Tree[] = []
  const all: Tree[] = []
  const flat = draw() < 0.3
  for (const of of components) {
    const node = { of, under: [] }
    const parent = flat || all.length === 0 || draw() < 0.4 ? null : all[Math.floor(draw() * all.length)]!
    ;(parent === null ? top : parent.under).push(node)
    all.push(node)
  }
  return top
}

/** The purl as some tool might spell it: without the version that stands beside it, the type in capitals. */
function spelled(purl: string | null, version: string | null, draw: () => number): string | null {
  if (purl === null) return null
  const at = purl.lastIndexOf('@')
  const bare = version !== null && at > 0 && !purl.includes('?') && draw() < 0.1 ? purl.slice(0, at) : purl
  return draw() < 0.1 ? bare.replace(/^pkg:([a-z]+)/, (_, type: string) => `pkg:${type.toUpperCase()}`) : bare
}

function cyclonedx(components: readonly FormedComponent[], draw: () => number): object {
  const write = ({ of, under }: Tree): object => {
    const fields: Record<string, unknown> = { type: of.type, name: of.name, 'bom-ref': `ref-${Math.floor(draw() * 1e9)}` }
    if (of.group !== null) fields['group'] = of.group
    if (of.version !== null) fields['version'] = of.version
    const purl = spelled(of.purl, of.version, draw)
    if (purl !== null) fields['purl'] = purl
    if (of.cpe !== null) fields['cpe'] = of.cpe
    if (under.length > 0) fields['components'] = under.map(write)
    if (draw() < 0.3) fields['licenses'] = [{ license: { id: 'MIT', text: { content: '{"purl":"pkg:npm/no@1"}]}' } } }]
    return fields
  }
  const trees = nested(components, draw)
  const main = trees.length > 0 && draw() < 0.5 ? trees.pop()! : null
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    ...(main === null ? {} : { metadata: { component: write(main) } }),
    components: trees.map(write),
    dependencies: [{ ref: 'a', dependsOn: ['b'] }],
  }
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)
}

function cyclonedxXml(components: readonly FormedComponent[], draw: () => number): string {
  const prefix = draw() < 0.3 ? 'b:' : ''
  const tag = (name: string, text: string | null): string =>
    text === null
      ? ''
      : `<${prefix}${name}>${draw() < 0.2 && !text.includes(']]>') ? `<![CDATA[${text}]]>` : escaped(text)}</${prefix}${name}>`
  const write = ({ of, under }: Tree): string => {
    const fields = [
      tag('group', of.group),
      tag('name', of.name),
      tag('version', of.version),
      tag('cpe', of.cpe),
      tag('purl', spelled(of.purl, of.version, draw)),
      under.length === 0 ? '' : `<${prefix}components>${under.map(write).join('\n')}</${prefix}components>`,
      draw() < 0.2 ? '<!-- <purl>pkg:npm/no@1</purl> -->' : '',
      draw() < 0.2 ? '<x:purl xmlns:x="urn:other">pkg:npm/no@1</x:purl>' : '',
    ]
    return `<${prefix}component type="${of.type}">${shuffled(fields, draw).join(draw() < 0.5 ? '\n  ' : '')}</${prefix}component>`
  }
  const trees = nested(components, draw)
  const main = trees.length > 0 && draw() < 0.5 ? trees.pop()! : null
  const metadata = main === null ? '' : `<${prefix}metadata>${write(main)}</${prefix}metadata>`
  const names = prefix === '' ? 'xmlns' : 'xmlns:b'
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<${prefix}bom ${names}="http://cyclonedx.org/schema/bom/1.6" version="1">` +
    `${metadata}<${prefix}components>${trees.map(write).join('')}</${prefix}components></${prefix}bom>\n`
  )
}

/** SPDX and Syft have no groups. */
function wholeName(of: FormedComponent): string {
  return of.group === null ? of.name : `${of.group}/${of.name}`
}

function references(of: FormedComponent): { referenceCategory: string; referenceType: string; referenceLocator: string }[] {
  const found = []
  if (of.purl !== null) found.push({ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: of.purl })
  if (of.cpe !== null) found.push({ referenceCategory: 'SECURITY', referenceType: 'cpe23Type', referenceLocator: of.cpe })
  return found
}

function spdx(components: readonly FormedComponent[]): object {
  return {
    spdxVersion: 'SPDX-2.3',
    SPDXID: 'SPDXRef-DOCUMENT',
    name: 'document',
    relationships: [{ spdxElementId: 'SPDXRef-DOCUMENT', relationshipType: 'DESCRIBES', relatedSpdxElement: 'SPDXRef-0' }],
    packages: components.map((of, i) => ({
      SPDXID: `SPDXRef-${i}`,
      name: wholeName(of),
      ...(of.version === null ? {} : { versionInfo: of.version }),
      downloadLocation: 'NOASSERTION',
      primaryPackagePurpose: of.type.toUpperCase(),
      externalRefs: references(of),
    })),
  }
}

function tagValue(components: readonly FormedComponent[]): string {
  const lines = ['SPDXVersion: SPDX-2.3', 'SPDXID: SPDXRef-DOCUMENT', 'DocumentName: document', '']
  for (const [i, of] of components.entries()) {
    lines.push(`##### Package: ${i}`, `PackageName: ${wholeName(of)}`, `SPDXID: SPDXRef-${i}`)
    if (of.version !== null) lines.push(`PackageVersion: ${of.version}`)
    lines.push('PackageComment: <text>said over', 'PackageName: no lines</text>')
    for (const one of references(of))
      lines.push(`ExternalRef: ${one.referenceCategory} ${one.referenceType} ${one.referenceLocator}`)
    lines.push('')
  }
  return lines.join('\n')
}

function spdx3(components: readonly FormedComponent[], draw: () => number): object {
  const graph: object[] = [{ type: 'SpdxDocument', spdxId: 'urn:doc', name: 'document' }]
  for (const [i, of] of components.entries()) {
    const identifiers: unknown[] = []
    const identify = (kind: string, identifier: string): void => {
      const found = { type: 'ExternalIdentifier', externalIdentifierType: kind, identifier }
      if (draw() < 0.5) identifiers.push(found)
      else {
        graph.push({ '@id': `_:id-${i}-${kind}`, ...found })
        identifiers.push(`_:id-${i}-${kind}`)
      }
    }
    const inField = draw() < 0.3
    if (of.purl !== null && !inField) identify('packageUrl', of.purl)
    if (of.cpe !== null) identify('cpe23', of.cpe)
    graph.push({
      type: draw() < 0.9 ? 'software_Package' : 'ai_AIPackage',
      spdxId: `urn:package-${i}`,
      name: wholeName(of),
      ...(of.version === null ? {} : { software_packageVersion: of.version }),
      ...(of.purl !== null && inField ? { software_packageUrl: of.purl } : {}),
      ...(identifiers.length === 0 ? {} : { externalIdentifier: identifiers }),
    })
  }
  return { '@context': 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld', '@graph': shuffled(graph, draw) }
}

function syft(components: readonly FormedComponent[]): object {
  return {
    descriptor: { name: 'syft', version: '1.0.0' },
    artifacts: components.map((of) => ({
      name: wholeName(of),
      version: of.version ?? '',
      type: 'binary',
      purl: of.purl ?? '',
      cpes: of.cpe === null ? [] : [{ cpe: of.cpe, source: 'syft-generated' }],
    })),
  }
}

function envelope(components: readonly FormedComponent[], draw: () => number): string {
  const bom = draw() < 0.5 ? cyclonedx(components, draw) : spdx(components)
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [],
    predicateType: 'https://cyclonedx.org/bom',
    predicate: bom,
  }
  const payload = btoa(String.fromCharCode(...new TextEncoder().encode(json(statement, draw))))
  return json({ payloadType: 'application/vnd.in-toto+json', payload, signatures: [] }, draw)
}

/** JSON with the keys of every object in any order, and letters escaped here and there. */
function json(value: unknown, draw: () => number): string {
  const space = draw() < 0.5 ? '' : '\n '
  const write = (of: unknown): string => {
    if (typeof of === 'string') {
      const plain = JSON.stringify(of)
      return draw() < 0.05 ? plain.replace(/[a-z/]/, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`) : plain
    }
    if (Array.isArray(of)) return `[${of.map(write).join(`,${space}`)}]`
    if (typeof of !== 'object' || of === null) return JSON.stringify(of)
    const fields = shuffled(Object.entries(of), draw)
    return `{${space}${fields.map(([key, one]) => `${JSON.stringify(key)}:${space}${write(one)}`).join(',')}}`
  }
  return write(value)
}
