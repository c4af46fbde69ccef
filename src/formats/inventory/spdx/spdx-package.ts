import type { Draft } from '../draft.ts'

/** A package of SPDX 2, whichever way it was written. */
export interface SpdxPackage {
  readonly name: string | null
  readonly version: string | null
  readonly purpose: string | null
  readonly sourceInfo: string | null
  readonly supplier: string | null
  /** Type and locator of each external reference. */
  readonly references: readonly (readonly [type: string, locator: string])[]
  readonly hashes: readonly string[]
}

const SOURCE = /^built package from: (\S{1,200}) (\S{1,200})$/

/** What SPDX says where it says nothing. */
export function saidText(text: string | null): string | null {
  return text === null || text === 'NOASSERTION' || text === 'NONE' ? null : text
}

/** A package of SPDX 2 as a draft; several purls become several components. */
export function packageDraft(of: SpdxPackage, place: string): Draft {
  const purls: string[] = []
  const cpes: string[] = []
  for (const [type, locator] of of.references) {
    const kind = type.slice(type.lastIndexOf('/') + 1).toLowerCase()
    if (kind === 'purl') purls.push(locator)
    else if (kind === 'cpe23type' || kind === 'cpe22type') cpes.push(locator)
  }
  const supplier = saidText(of.supplier)?.replace(/^(?:Organization|Person): /, '') ?? null
  return {
    purls,
    cpes,
    group: null,
    name: saidText(of.name),
    version: saidText(of.version),
    type: of.purpose === null ? null : of.purpose.toLowerCase(),
    marks: supplier === null ? of.hashes : [...of.hashes, `vendor:${supplier}`],
    place,
    upstream: upstreamOf(of.sourceInfo),
  }
}

/** Trivy states the source package so. */
export function upstreamOf(sourceInfo: string | null): string | null {
  const found = sourceInfo === null ? null : SOURCE.exec(sourceInfo)
  return found ? `${found[1]}@${found[2]}` : null
}

/** A file as a draft: it has a name and hashes only. */
export function fileDraft(name: string | null, hashes: readonly string[], place: string): Draft {
  return { purls: [], cpes: [], group: null, name, version: null, type: 'file', marks: hashes, place }
}

/** The tool among SPDX's creators, `Tool: syft-0.75.0`. */
export function toolAmong(creators: readonly string[]): string | null {
  for (const creator of creators) if (creator.startsWith('Tool: ')) return creator.slice(6)
  return null
}
