import type { Component, StatedVulnerability, Unmatched } from '../../core/exposure/component.ts'
import type { Distribution } from '../../core/exposure/distribution.ts'

/** The kinds of inventory that are read. The JSON kinds share one reader: what is read never depends on which of them was detected. */
export type InventoryKind =
  | 'cyclonedx-json'
  | 'cyclonedx-xml'
  | 'spdx-json'
  | 'spdx-tag-value'
  | 'spdx3-json'
  | 'syft-json'
  | 'in-toto'
  | 'package-lock'
  | 'pnpm-lock'
  | 'yarn-lock'
  | 'poetry-lock'
  | 'requirements'
  | 'go-sum'
  | 'go-mod'
  | 'cargo-lock'
  | 'composer-lock'
  | 'gemfile-lock'
  | 'dpkg-status'
  | 'dpkg-list'
  | 'rpm-list'

/** What an inventory is about, and who made it; null where it does not say. Given once, and not where nothing of it is said. */
export interface InventorySubject {
  readonly name: string | null
  readonly version: string | null
  /** Canonical purl of the subject. */
  readonly purl: string | null
  /** The tool that wrote it, with its version. */
  readonly tool: string | null
  /** When it was written, as stated. */
  readonly time: string | null
  /** Serial number or namespace of the document. */
  readonly serial: string | null
  /** CycloneDX's number of the document's edition, the `version` of a BOM-Link (`urn:cdx:serial/version#ref`). */
  readonly edition: string | null
  /** The `bom-ref` of the main component: statements about it are about the whole. */
  readonly ref: string | null
}

/** Why an inventory was not read to its end; what came before stands. */
export interface InventoryRefusal {
  readonly code: InventoryRefusalCode
  readonly place: string
  /** A sentence for who sent it. */
  readonly mend: string
}

export type InventoryRefusalCode =
  | 'inventory.broken' // no JSON, no XML, cut off
  | 'inventory.unsafe-xml' // a document type or an entity of its own
  | 'inventory.too-many' // more components than the limit
  | 'inventory.unknown' // nothing in it that lists components

/** `ref` is the `bom-ref` by which statements elsewhere may name the component; null where the format has none. */
export type InventoryItem =
  | { readonly component: Component; readonly ref: string | null }
  | { readonly unmatched: Unmatched }
  | { readonly stated: StatedVulnerability }
  | { readonly subject: InventorySubject }
  | { readonly refused: InventoryRefusal }

/** Reads an inventory pushed to it piece by piece, in bounded memory. Never throws on input; the same items for any split. */
export interface InventoryReader {
  /** The items that end in this chunk, which may be used again afterwards. Duplicates are given as often as they stand. */
  push(chunk: Uint8Array): InventoryItem[]
  end(): InventoryItem[]
}

export interface InventoryLimits {
  /** Components after which no more are read. */
  readonly components: number
  /** Open objects and lists, or XML elements. */
  readonly depth: number
  /** Bytes of one text or one line. */
  readonly textBytes: number
  /** Characters kept of one component without those nested in it. */
  readonly itemChars: number
  /** Elements kept of one list of a component. */
  readonly listed: number
  /** References (`bom-ref` and the like) remembered, for what points at them. */
  readonly references: number
  /** Items held until the end: stated vulnerabilities, packages whose identifiers stand apart, and the like. */
  readonly held: number
  /** Characters of what is remembered or held. */
  readonly heldChars: number
  /** What somebody who knows says beside the inventory: whose packages those are that do not say it themselves. */
  readonly distribution?: Distribution | null
}

export const INVENTORY_LIMITS: InventoryLimits = {
  components: 12_000_000,
  depth: 512,
  textBytes: 16 << 10,
  itemChars: 256 << 10,
  listed: 1000,
  references: 400_000,
  held: 100_000,
  heldChars: 24 << 20,
}
