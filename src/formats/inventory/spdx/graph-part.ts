import { type Kept, keptAt, keptText, Odd } from '../../json/wanted.ts'
import type { BomPart } from '../bom/bom-part.ts'
import { type Draft, draftChars } from '../draft.ts'
import type { ItemSink } from '../item-sink.ts'
import { keptHashes } from '../kept-marks.ts'
import { fileDraft, saidText, upstreamOf } from './spdx-package.ts'

type Identifier = readonly [kind: string, identifier: string]

interface HeldPackage {
  readonly draft: Draft
  readonly refs: readonly string[]
}

const PACKAGES: ReadonlySet<string> = new Set(['Package', 'AIPackage', 'DatasetPackage'])

/**
 * Reads the elements of an SPDX 3.0 graph. A package whose identifiers stand apart, by their ids, is held until they are seen, at
 * the latest to the end. Memory: `references` identifiers standing apart and `held` packages, both within `heldChars` characters.
 */
export function graphPart(sink: ItemSink): BomPart {
  const { limits } = sink
  const apart = new Map<string, Identifier>()
  const held: HeldPackage[] = []
  let apartChars = 0
  let heldChars = 0
  let seen = false
  let name: string | null = null
  let serial: string | null = null
  let time: string | null = null
  let tool: string | null = null

  const give = ({ draft, refs }: HeldPackage): void => {
    const found = refs.flatMap((ref) => {
      const identifier = apart.get(ref)
      if (!identifier) sink.unmatched('no-identity', draft.place, `an identifier that is not in the document: ${ref}`)
      return identifier ? [identifier] : []
    })
    sink.draft(withIdentifiers(draft, found))
  }
  const takePackage = (value: Kept, place: string): void => {
    const { inside, refs } = identifiersOf(value)
    const one = { draft: withIdentifiers(bareDraft(value, place), inside), refs }
    if (refs.every((ref) => apart.has(ref))) {
      give(one)
      return
    }
    const chars = draftChars(one.draft) + refs.reduce((sum, ref) => sum + ref.length, 0)
    if (held.length >= limits.held || heldChars + chars > limits.heldChars) {
      sink.unmatched('too-large', place, 'too many packages whose identifiers stand apart')
      sink.draft(one.draft)
      return
    }
    heldChars += chars
    held.push(one)
  }
  const element = (value: Kept, place: () => string): void => {
    if (value instanceof Odd) {
      sink.unmatched('wrong-shape', place(), value.said)
      return
    }
    const stated = keptText(value, 'type') ?? keptText(value, '@type') ?? ''
    const type = stated.slice(Math.max(...['_', ':', '/'].map((c) => stated.lastIndexOf(c))) + 1)
    const id = keptText(value, 'spdxId') ?? keptText(value, '@id')
    if (PACKAGES.has(type)) {
      takePackage(value, place())
      return
    }
    if (type === 'File') {
      sink.draft(fileDraft(keptText(value, 'name'), keptHashes(value, 'verifiedUsing', 'algorithm', 'hashValue'), place()))
    } else if (type === 'ExternalIdentifier') {
      const identifier = identifierOf(value)
      const chars = (id?.length ?? 0) + (identifier?.[1].length ?? 0)
      if (id === null || identifier === null || apart.has(id)) return
      if (apart.size >= limits.references || apartChars + chars > limits.heldChars) {
        sink.unmatched('too-large', place(), 'too many identifiers that stand apart')
        return
      }
      apartChars += chars
      apart.set(id, identifier)
    } else if (type === 'SpdxDocument') {
      seen = true
      sink.recognised = true
      name = keptText(value, 'name')
      serial = id
    } else if (type === 'CreationInfo') time ??= keptText(value, 'created')
    else if (type === 'Tool') tool ??= keptText(value, 'name')
  }
  return {
    takes: { 'spdx3-element': element },
    end() {
      for (const one of held) give(one)
      if (seen) sink.subject({ name, tool, time, serial })
    },
  }
}

function term(value: Kept, name: string): string | null {
  return keptText(value, `software_${name}`) ?? keptText(value, `software:${name}`) ?? keptText(value, name)
}

function bareDraft(value: Kept, place: string): Draft {
  const purl = saidText(term(value, 'packageUrl'))
  return {
    purls: purl === null ? [] : [purl],
    cpes: [],
    group: null,
    name: saidText(keptText(value, 'name')),
    version: saidText(term(value, 'packageVersion')),
    type: typeOf(term(value, 'primaryPurpose')),
    marks: keptHashes(value, 'verifiedUsing', 'algorithm', 'hashValue'),
    place,
    upstream: upstreamOf(term(value, 'sourceInfo')),
  }
}

/** `operatingSystem` in one format is `operating-system` in the others. */
function typeOf(purpose: string | null): string | null {
  return purpose === null ? null : purpose.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)
}

function withIdentifiers(draft: Draft, identifiers: readonly Identifier[]): Draft {
  const purls = [...draft.purls]
  const cpes = [...draft.cpes]
  const marks = [...draft.marks]
  for (const [kind, identifier] of identifiers) {
    if (kind === 'packageUrl' || kind === 'packageURL' || kind === 'purl') purls.push(identifier)
    else if (kind === 'cpe23' || kind === 'cpe22') cpes.push(identifier)
    else if (kind === 'swid') marks.push(`swid:${identifier}`)
  }
  return { ...draft, purls, cpes, marks }
}

function identifiersOf(value: Kept): { inside: Identifier[]; refs: string[] } {
  const stated = keptAt(value, 'externalIdentifier')
  const inside: Identifier[] = []
  const refs = new Set<string>()
  for (const one of stated === undefined ? [] : Array.isArray(stated) ? (stated as readonly Kept[]) : [stated]) {
    const identifier = identifierOf(one)
    if (typeof one === 'string') refs.add(one)
    else if (identifier !== null) inside.push(identifier)
  }
  return { inside, refs: [...refs] }
}

function identifierOf(value: Kept): Identifier | null {
  const kind = keptText(value, 'externalIdentifierType')
  const identifier = keptText(value, 'identifier')
  return kind === null || identifier === null ? null : [kind.slice(kind.lastIndexOf('/') + 1), identifier]
}
