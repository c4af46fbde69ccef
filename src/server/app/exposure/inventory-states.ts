import type { StatedVulnerability } from '../../../core/exposure/component.ts'
import { statementOfInventory } from '../../../core/exposure/vex/inventory-vex.ts'
import type { Whole } from '../../../core/exposure/vex/vex-reach.ts'
import { parseInstant } from '../../../core/kernel/instant.ts'
import type { InventorySubject } from '../../../formats/inventory/inventory.ts'
import type { HeldAsset } from './inventory-book.ts'

/** What statements need to know of an inventory: what it is about, and what it states itself, as VEX by nobody but that inventory. */
export function readInventoryStates(
  { asset, subject }: { readonly asset: string; readonly subject: InventorySubject | null },
  stated: readonly StatedVulnerability[],
): Required<Pick<HeldAsset, 'whole' | 'stated' | 'statedSize'>> {
  const at = subject?.time == null ? null : parseInstant(subject.time)
  const said = { author: `The inventory of ${asset}`, document: subject?.serial ?? '', at }
  const statements = stated.flatMap((one) => statementOfInventory(one, said) ?? [])
  return { whole: wholeOf(subject), stated: statements, statedSize: sizeOfStated(stated) }
}

/** Characters of what an inventory states: how much room it takes while it is held. */
export function sizeOfStated(stated: readonly StatedVulnerability[]): number {
  const texts = stated.flatMap(({ ids, about, detail, justification, versions }) => [
    ...ids,
    ...about,
    detail,
    justification,
    versions,
  ])
  return texts.reduce((sum, text) => sum + (text?.length ?? 0), 0)
}

/** The subject of an inventory, by its purl, its `bom-ref` or a BOM-Link (`urn:cdx:serial/version#ref`); null where it names none. */
export function wholeOf(subject: InventorySubject | null): Whole | null {
  if (subject === null) return null
  const { purl, name, version, ref } = subject
  const serial = subject.serial?.startsWith('urn:uuid:') ? subject.serial.slice('urn:uuid:'.length) : null
  const link = serial === null ? null : `urn:cdx:${serial}/${subject.edition ?? '1'}`
  const refs = [link, ref === null || link === null ? null : `${link}#${ref}`].filter((one) => one !== null)
  if (purl === null && refs.length === 0) return null
  const component = { purl, cpes: [], group: null, name: name ?? '', version, type: null, marks: [], place: '' }
  return { subject: component, refs: new Set(refs) }
}
