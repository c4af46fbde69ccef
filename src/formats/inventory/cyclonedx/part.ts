import type { Component } from '../../../core/exposure/component.ts'
import { type Kept, keptAt, keptList, keptText, Odd } from '../../json/wanted.ts'
import type { BomPart } from '../bom/bom-part.ts'
import type { ItemSink } from '../item-sink.ts'
import { componentDraft } from './component.ts'
import { Statements } from './stated.ts'

/** Reads CycloneDX's items, from JSON or XML. Services are components of the type `service`: software that somebody runs. */
export function cyclonedxPart(sink: ItemSink): BomPart {
  const statements = new Statements(sink)
  let main: Component | null = null
  let ref: string | null = null
  let metadata: Kept | null = null
  let serial: string | null = null
  let edition: string | null = null

  const take = (value: Kept, place: string, type: string | null, isMain = false): void => {
    if (value instanceof Odd) {
      sink.unmatched('wrong-shape', place, value.said)
      return
    }
    const draft = componentDraft(value, place, type)
    const first = sink.draft(draft)
    if (first !== null) statements.remember(draft.ref ?? null, first, isMain)
    if (!isMain) return
    main = first
    ref = draft.ref ?? null
  }
  return {
    takes: {
      'bom-format': (value) => {
        if (value === 'CycloneDX') sink.recognised = true
      },
      component: (value, place) => take(value, place(), null),
      service: (value, place) => take(value, place(), 'service'),
      main: (value, place) => take(value, place(), null, true),
      metadata: (value) => {
        metadata = value
      },
      serial: (value) => {
        serial = typeof value === 'string' ? value : null
      },
      edition: (value) => {
        edition = typeof value === 'string' ? value : null
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
      if (main === null && time === null && tool === null && serial === null) return
      const { name = null, version = null, purl = null } = (main as Component | null) ?? {}
      sink.subject({ name, version, purl, tool, time, serial, edition, ref })
    },
  }
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
