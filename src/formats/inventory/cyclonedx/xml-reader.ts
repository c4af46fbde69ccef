import type { Wanted } from '../../json/wanted.ts'
import { wantedKeys } from '../../json/wanted.ts'
import { XmlWalk } from '../../xml/walk.ts'
import { PartsWalked } from '../bom/parts-walked.ts'
import type { InventoryLimits, InventoryReader } from '../inventory.ts'
import { ItemSink } from '../item-sink.ts'
import { UnicodeFront } from '../unicode-front.ts'
import { cyclonedxPart } from './part.ts'
import { CYCLONEDX } from './shape.ts'

const ROOT: Wanted = wantedKeys(CYCLONEDX)
const ATTRIBUTES: ReadonlySet<string> = new Set(['type', 'bom-ref', 'tagId', 'alg'])
const OF_ROOT: ReadonlySet<string> = new Set(['serialNumber', 'version'])
const OF_PROPERTY: ReadonlySet<string> = new Set(['name'])

/** Reads CycloneDX 1.1 to 1.7 in XML; gives the items that the same document in JSON would. */
export function cyclonedxXmlReader(limits: InventoryLimits): InventoryReader {
  const sink = new ItemSink(limits)
  const part = cyclonedxPart(sink)
  const walk = new XmlWalk(
    ROOT,
    {
      root: 'bom',
      namespace: 'http://cyclonedx.org/schema/bom/',
      // A property's name is an attribute, a component's an element.
      attributes: (wanted) => (wanted === ROOT ? OF_ROOT : wanted.content === 'value' ? OF_PROPERTY : ATTRIBUTES),
    },
    limits,
    new PartsWalked(sink, [part], ''),
  )
  const front = new UnicodeFront()
  return {
    push(chunk) {
      if (!sink.ended) walk.push(front.push(chunk))
      return sink.take()
    },
    end() {
      walk.push(front.end())
      walk.end()
      part.end()
      // The root was the right one, or it was refused.
      sink.recognised = true
      return sink.finish()
    },
  }
}
