import { type Kept, keptAt, keptList, keptText, Odd, TEXT, type Wanted, wantedKeys } from '../../json/wanted.ts'
import type { BomPart } from '../bom/bom-part.ts'
import { type Draft, draftChars, type ImpliedPurl } from '../draft.ts'
import type { ItemSink } from '../item-sink.ts'
import { packageNamed } from '../package-named.ts'

/** The keys of Syft's own JSON. */
export const SYFT: Readonly<Record<string, Wanted>> = {
  artifacts: {
    element: wantedKeys(
      {
        name: TEXT,
        version: TEXT,
        type: TEXT,
        purl: TEXT,
        cpes: { element: wantedKeys({ cpe: TEXT }, { text: true }) },
        metadata: wantedKeys({ architecture: TEXT, pomProperties: wantedKeys({ groupId: TEXT }) }),
      },
      { item: 'syft-artifact' },
    ),
  },
  source: wantedKeys(
    { name: TEXT, version: TEXT, target: wantedKeys({ userInput: TEXT }, { text: true }) },
    { item: 'syft-source' },
  ),
  distro: wantedKeys({ id: TEXT, name: TEXT, versionID: TEXT, version: TEXT }, { item: 'syft-distro' }),
  descriptor: wantedKeys({ name: TEXT, version: TEXT, timestamp: TEXT }, { item: 'syft-descriptor' }),
}

/** Syft's package types whose name and version are a purl's, and the purl's type. */
const IMPLIED: ReadonlyMap<string, string> = new Map([
  ['npm', 'npm'],
  ['python', 'pypi'],
  ['gem', 'gem'],
  ['go-module', 'golang'],
  ['rust-crate', 'cargo'],
  ['php-composer', 'composer'],
  ['dotnet', 'nuget'],
  ['dart-pub', 'pub'],
  ['hex', 'hex'],
])
const DISTRIBUTED: ReadonlySet<string> = new Set(['deb', 'rpm', 'apk', 'alpm'])

/** Reads Syft's JSON. Where it states no purl, type and name imply one; distribution packages wait for the distribution. */
export function syftPart(sink: ItemSink): BomPart {
  const held: { draft: Draft; type: string }[] = []
  let heldChars = 0
  let source: Kept | undefined
  let distro: Kept | undefined
  let descriptor: Kept | undefined
  return {
    takes: {
      'syft-artifact': (value, place) => {
        if (value instanceof Odd) return sink.unmatched('wrong-shape', place(), value.said)
        const type = keptText(value, 'type')
        const draft = draftOf(value, type, place())
        if (draft.purls.length > 0 || type === null || !DISTRIBUTED.has(type)) {
          sink.draft(draft)
          return
        }
        const chars = draftChars(draft)
        if (held.length >= sink.limits.held || heldChars + chars > sink.limits.heldChars) {
          sink.draft(draft)
          return
        }
        heldChars += chars
        held.push({ draft, type })
      },
      'syft-source': (value) => {
        source = value
      },
      'syft-distro': (value, place) => {
        distro = value
        const name = keptText(value, 'id') ?? keptText(value, 'name')
        const version = keptText(value, 'versionID') ?? keptText(value, 'version')
        if (name === null) return
        sink.draft({ ...BARE, name, version, type: 'operating-system', place: place() })
      },
      'syft-descriptor': (value) => {
        descriptor = value
        if (keptText(value, 'name') !== null) sink.recognised = true
      },
    },
    end() {
      const id = keptText(distro, 'id')
      for (const { draft, type } of held)
        sink.draft({ ...draft, implied: id === null ? null : distributed(draft, type, id, distro) })
      const tool = keptText(descriptor, 'name')
      if (source === undefined && tool === null) return
      const version = keptText(descriptor, 'version')
      const name = keptText(source, 'name') ?? keptText(source, 'target') ?? keptText(keptAt(source, 'target'), 'userInput')
      const made = tool === null || version === null ? tool : `${tool} ${version}`
      const time = keptText(descriptor, 'timestamp')
      sink.subject({ name, version: keptText(source, 'version'), tool: made, time })
    },
  }
}

const BARE: Draft = { purls: [], cpes: [], group: null, name: null, version: null, type: null, marks: [], place: '' }

function draftOf(value: Kept, type: string | null, place: string): Draft {
  const purl = keptText(value, 'purl')
  const name = keptText(value, 'name')
  const group = keptText(keptAt(keptAt(value, 'metadata'), 'pomProperties'), 'groupId')
  return {
    purls: purl === null ? [] : [purl],
    cpes: keptList(value, 'cpes').flatMap((one) => (typeof one === 'string' ? one : (keptText(one, 'cpe') ?? []))),
    group: type === 'java-archive' ? group : null,
    name,
    version: keptText(value, 'version'),
    type,
    marks: [],
    place,
    implied:
      purl !== null || name === null ? null : impliedBy(type, name, group, keptText(keptAt(value, 'metadata'), 'architecture')),
  }
}

function impliedBy(type: string | null, name: string, group: string | null, arch: string | null): ImpliedPurl | null {
  if (type === 'java-archive') return group === null ? null : { type: 'maven', namespace: group, name }
  const purl = IMPLIED.get(type ?? '')
  if (purl !== undefined) return packageNamed(purl, name)
  // The distribution completes it; until then only the architecture is known.
  return arch !== null && DISTRIBUTED.has(type ?? '') ? { type: type!, namespace: null, name, qualifiers: { arch } } : null
}

function distributed(draft: Draft, type: string, id: string, distro: Kept | undefined): ImpliedPurl {
  const version = keptText(distro, 'versionID') ?? keptText(distro, 'version')
  const qualifiers = { ...draft.implied?.qualifiers, ...(version === null ? {} : { distro: `${id}-${version}` }) }
  return { type, namespace: id, name: draft.name ?? '', qualifiers }
}
