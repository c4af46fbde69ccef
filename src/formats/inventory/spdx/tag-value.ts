import { hashMark } from '../hash-mark.ts'
import type { ItemSink } from '../item-sink.ts'
import type { LinePart } from '../line-reader.ts'
import { fileDraft, packageDraft, toolAmong } from './spdx-package.ts'

interface Open {
  readonly file: boolean
  readonly name: string | null
  readonly place: string
  version: string | null
  purpose: string | null
  sourceInfo: string | null
  supplier: string | null
  readonly references: [string, string][]
  readonly hashes: string[]
}

/** Tags that begin something that is no package and no file. */
const ENDING: ReadonlySet<string> = new Set([
  'SnippetSPDXID',
  'LicenseID',
  'Relationship',
  'Reviewer',
  'Annotator',
  'SPDXVersion',
])
const MOST_HASHES = 16

/** Reads SPDX 2.2 and 2.3 in tag-value form. A text over several lines is followed to its end and not kept. */
export function tagValuePart(sink: ItemSink): LinePart {
  let open: Open | null = null
  let inText = false
  let name: string | null = null
  let serial: string | null = null
  let time: string | null = null
  let tool: string | null = null
  let seen = false

  const close = (): void => {
    if (open === null) return
    sink.draft(open.file ? fileDraft(open.name, open.hashes, open.place) : packageDraft(open, open.place))
    open = null
  }
  const begin = (file: boolean, value: string, number: number): void => {
    close()
    open = {
      file,
      name: value === '' ? null : value,
      place: `line ${number}`,
      version: null,
      purpose: null,
      sourceInfo: null,
      supplier: null,
      references: [],
      hashes: [],
    }
  }
  const ofPackage = (into: Open, tag: string, value: string, number: number): void => {
    if (tag === 'PackageVersion') into.version = value
    else if (tag === 'PrimaryPackagePurpose') into.purpose = value
    else if (tag === 'PackageSourceInfo') into.sourceInfo = value
    else if (tag === 'PackageSupplier') into.supplier = value
    else if (tag === 'ExternalRef') {
      const found = /^(\S+)\s+(\S+)\s+(\S+)$/.exec(value)
      if (found === null) sink.unmatched('wrong-shape', `line ${number}`, value)
      else if (into.references.length < sink.limits.listed) into.references.push([found[2]!, found[3]!])
      else sink.unmatched('too-large', `line ${number}`, value)
    } else if (tag === 'PackageChecksum' || tag === 'FileChecksum') {
      const colon = value.indexOf(':')
      const mark = hashMark(value.slice(0, Math.max(colon, 0)), value.slice(colon + 1))
      if (mark !== null && into.hashes.length < MOST_HASHES && !into.hashes.includes(mark)) into.hashes.push(mark)
    }
  }
  const take = (tag: string, value: string, number: number): void => {
    if (tag === 'PackageName') begin(false, value, number)
    else if (tag === 'FileName') begin(true, value, number)
    else if (ENDING.has(tag)) close()
    else if (open !== null && value !== '') ofPackage(open, tag, value, number)
    if (tag === 'SPDXVersion') {
      seen = true
      sink.recognised = true
    } else if (tag === 'DocumentName') name = value
    else if (tag === 'DocumentNamespace') serial = value
    else if (tag === 'Created') time = value
    else if (tag === 'Creator') tool ??= toolAmong([value])
  }
  return {
    line(text, number) {
      if (inText) {
        inText = !text.includes('</text>')
        return
      }
      const colon = text.indexOf(':')
      if (colon <= 0 || text.trimStart().startsWith('#')) return
      let value = text.slice(colon + 1).trim()
      if (value.startsWith('<text>')) {
        const end = value.indexOf('</text>')
        inText = end < 0
        value = value.slice(6, end < 0 ? undefined : end).trim()
      }
      take(text.slice(0, colon).trim(), value, number)
    },
    end() {
      close()
      if (inText) sink.refuse('inventory.broken', '', 'A text in the document is not closed; what came before was read.')
      if (seen) sink.subject({ name, tool, time, serial })
    },
  }
}
