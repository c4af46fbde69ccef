import { type Kept, keptList, keptText, Odd } from '../../json/wanted.ts'
import type { BomPart } from '../bom/bom-part.ts'
import type { ItemSink } from '../item-sink.ts'
import { keptHashes } from '../kept-marks.ts'
import { fileDraft, packageDraft, toolAmong } from './spdx-package.ts'

/** Reads the items of SPDX 2.2 and 2.3 in JSON. */
export function spdxPart(sink: ItemSink): BomPart {
  let seen = false
  let name: string | null = null
  let serial: string | null = null
  let creation: Kept | undefined
  const text = (value: Kept): string | null => (typeof value === 'string' && value !== '' ? value : null)
  return {
    takes: {
      'spdx-version': () => {
        seen = true
        sink.recognised = true
      },
      'spdx-name': (value) => {
        name = text(value)
      },
      'spdx-namespace': (value) => {
        serial = text(value)
      },
      'spdx-creation': (value) => {
        creation = value
      },
      'spdx-package': (value, place) => {
        if (value instanceof Odd) return sink.unmatched('wrong-shape', place(), value.said)
        sink.draft(
          packageDraft(
            {
              name: keptText(value, 'name'),
              version: keptText(value, 'versionInfo'),
              purpose: keptText(value, 'primaryPackagePurpose'),
              sourceInfo: keptText(value, 'sourceInfo'),
              supplier: keptText(value, 'supplier'),
              references: referencesOf(value),
              hashes: keptHashes(value, 'checksums', 'algorithm', 'checksumValue'),
            },
            place(),
          ),
        )
      },
      'spdx-file': (value, place) => {
        // Other formats have files of other shapes under the same key.
        const file = keptText(value, 'fileName')
        if (file !== null) sink.draft(fileDraft(file, keptHashes(value, 'checksums', 'algorithm', 'checksumValue'), place()))
      },
    },
    end() {
      if (!seen) return
      const creators = keptList(creation, 'creators').filter((one) => typeof one === 'string')
      const time = keptText(creation, 'created')
      sink.subject({ name, tool: toolAmong(creators), time, serial })
    },
  }
}

function referencesOf(value: Kept): [string, string][] {
  const found: [string, string][] = []
  for (const one of keptList(value, 'externalRefs')) {
    const type = keptText(one, 'referenceType')
    const locator = keptText(one, 'referenceLocator')
    if (type !== null && locator !== null) found.push([type, locator])
  }
  return found
}
