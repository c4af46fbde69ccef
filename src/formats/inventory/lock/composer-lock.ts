import { keptText, Odd, TEXT, type Wanted, wantedKeys } from '../../json/wanted.ts'
import type { BomPart, ItemTaker } from '../bom/bom-part.ts'
import type { ItemSink } from '../item-sink.ts'
import { lockedDraft } from '../package-named.ts'

const PACKAGES: Wanted = { element: wantedKeys({ name: TEXT, version: TEXT }, { item: 'composer-package' }) }

/** What is wanted of composer.lock. */
export const COMPOSER_LOCK: Wanted = wantedKeys({
  'content-hash': { ...TEXT, item: 'composer-hash' },
  packages: PACKAGES,
  'packages-dev': PACKAGES,
})

/** Reads composer.lock. */
export function composerLockPart(sink: ItemSink): BomPart {
  const take: ItemTaker = (value, place) => {
    const name = keptText(value, 'name')
    if (value instanceof Odd || name === null) {
      sink.unmatched('wrong-shape', place(), value instanceof Odd ? value.said : 'a package without a name')
      return
    }
    sink.draft(lockedDraft('composer', name, keptText(value, 'version'), place()))
  }
  return {
    takes: {
      'composer-package': take,
      'composer-hash': () => {
        sink.recognised = true
      },
    },
    end() {},
  }
}
