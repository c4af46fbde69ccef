import { JsonWalk } from '../../json/walk.ts'
import type { Walked, Wanted } from '../../json/wanted.ts'
import { cyclonedxPart } from '../cyclonedx/part.ts'
import type { InventoryLimits, InventoryReader } from '../inventory.ts'
import { ItemSink } from '../item-sink.ts'
import { graphPart } from '../spdx/graph-part.ts'
import { spdxPart } from '../spdx/part.ts'
import { syftPart } from '../syft/part.ts'
import { UnicodeFront } from '../unicode-front.ts'
import { Base64Pieces } from './base64.ts'
import type { BomPart, PartMaker } from './bom-part.ts'
import { BOM_ROOT, STATEMENT_ROOT } from './bom-root.ts'
import { PartsWalked } from './parts-walked.ts'

const PARTS: readonly PartMaker[] = [cyclonedxPart, spdxPart, graphPart, syftPart]

/** Reads a bill of materials in JSON: CycloneDX, SPDX 2 and 3 or Syft, bare or in an attestation. */
export function bomReader(limits: InventoryLimits): InventoryReader {
  return jsonReader(limits, BOM_ROOT, PARTS, 'envelopes')
}

/** Reads attestations of bills of materials, one or several, a line each. */
export function attestationReader(limits: InventoryLimits): InventoryReader {
  return jsonReader(limits, BOM_ROOT, PARTS, 'lines of envelopes')
}

/** Reads one JSON document whose items `makers`' parts take. */
export function jsonReader(
  limits: InventoryLimits,
  root: Wanted,
  makers: readonly PartMaker[],
  holds: 'items' | 'envelopes' | 'lines of envelopes' = 'items',
): InventoryReader {
  const sink = new ItemSink(limits)
  const parts = makers.map((make) => make(sink))
  const walked = new PartsWalked(sink, parts, '')
  const opened = holds !== 'items' ? new Envelope(sink, parts) : null
  const to: Walked = {
    item: (name, value, place, key) => walked.item(name, value, place, key),
    fault: (why, place, said) => walked.fault(why, place, said),
    broken: (what, place) => walked.broken(what, place),
    piece: (_, bytes, place) => opened?.piece(bytes, place),
  }
  const walk = new JsonWalk(root, limits, to, holds === 'lines of envelopes')
  const front = new UnicodeFront()
  return {
    push(chunk) {
      if (!sink.ended) walk.push(front.push(chunk))
      return sink.take()
    },
    end() {
      walk.push(front.end())
      walk.end()
      for (const part of parts) part.end()
      return sink.finish()
    },
  }
}

/** What a DSSE envelope holds, read as it is decoded. */
class Envelope {
  private readonly sink: ItemSink
  private readonly parts: readonly BomPart[]
  private base64 = new Base64Pieces()
  private walk: JsonWalk | null = null
  private broken = false

  constructor(sink: ItemSink, parts: readonly BomPart[]) {
    this.sink = sink
    this.parts = parts
  }

  piece(bytes: Uint8Array | null, place: string): void {
    if (this.broken) return
    this.walk ??= new JsonWalk(STATEMENT_ROOT, this.sink.limits, new PartsWalked(this.sink, this.parts, place))
    if (bytes === null) {
      this.walk.end()
      this.walk = null
      this.base64 = new Base64Pieces()
      return
    }
    const decoded = this.base64.push(bytes)
    if (decoded !== null) {
      this.walk.push(decoded)
      return
    }
    this.broken = true
    this.sink.refuse('inventory.broken', place, 'The payload of the envelope is no base 64.')
  }
}
