import type { Component } from '../../../core/exposure/component.ts'
import { type Kept, keptAt, keptList, keptText, Odd } from '../../json/wanted.ts'
import type { BomPart } from '../bom/bom-part.ts'
import { draftItems } from '../draft.ts'
import type { InventoryItem } from '../inventory.ts'
import type { ItemSink } from '../item-sink.ts'
import { componentDraft } from './component.ts'
import { Statements } from './stated.ts'

/** Reads CycloneDX's items, from JSON or XML. Services are components of the type `service`: software that somebody runs. */
export function cyclonedxPart(sink: ItemSink): BomPart {
  const statements = new Statements(sink)
  let main: Kept | null = null
  let metadata: Kept | null = null
  let serial: string | null = null

  const take = (value: Kept, place: string, type: string | null): void => {
    if (value instanceof Odd) {
      sink.unmatched('wrong-shape', place, value.said)
      return
    }
    const draft = componentDraft(value, place, type)
    const first = sink.draft(draft)
    if (first !== null) statements.remember(keptText(value, 'bom-ref'), first, value === main)
  }
  return {
    takes: {
      'bom-format': (value) => {
        if (value === 'CycloneDX') sink.recognised = true
      },
      component: (value, place) => take(value, place(), null),
      service: (value, place) => take(value, place(), 'service'),
      main: (value, place) => {
        main = value
        take(value, place(), null)
      },
      metadata: (value) => {
        metadata = value
      },
      serial: (value) => {
        serial = typeof value === 'string' ? value : null
      },
      vulnerability: (value, place) => {
        sink.recognised = true
        if (value instanceof Odd) sink.unmatched('wrong-shape', place(), value.said)
        else statements.hold(value, place())
      },
    },
    end() {
      statements.end(serial)
      const time = keptText(metadata ?? undefined, 'timestamp')
      const tool = toolOf(metadata)
      const stated = main === null || main instanceof Odd ? null : main
      if (stated === null && time === null && tool === null && serial === null) return
      const found = stated === null ? null : subjectOf(stated)
      const { name = null, version = null, purl = null } = found ?? {}
      sink.subject({ name, version, purl, tool, time, serial })
    },
  }
}

function subjectOf(value: Kept): Component | null {
  const items: InventoryItem[] = []
  draftItems(componentDraft(value, '', null), items)
  for (const item of items) if ('component' in item) return item.component
  return null
}

/** Lists of tools hold tools, or components and services since 1.5; the first is named. */
function toolOf(metadata: Kept | null): string | null {
  const tools = keptAt(metadata ?? undefined, 'tools')
  const lists = Array.isArray(tools) ? [tools] : [keptList(tools, 'components'), keptList(tools, 'services')]
  for (const tool of lists.flat()) {
    const name = keptText(tool as Kept, 'name')
    const version = keptText(tool as Kept, 'version')
    if (name !== null) return version === null ? name : `${name} ${version}`
  }
  return null
}
