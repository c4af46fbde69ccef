import { type Kept, keptText, Odd, SCALAR, TEXT, type Wanted, wantedKeys } from '../../json/wanted.ts'
import type { BomPart } from '../bom/bom-part.ts'
import type { ItemSink } from '../item-sink.ts'
import { lockedDraft } from '../package-named.ts'

const dependency = new Map<string, Wanted>([['version', TEXT]])
const DEPENDENCY: Wanted = { item: 'lock-dependency', keys: dependency }
dependency.set('dependencies', { others: DEPENDENCY })

/** What is wanted of npm's lock files, versions 1 (`dependencies`), 2 (both) and 3 (`packages`). */
export const PACKAGE_LOCK: Wanted = wantedKeys({
  name: { ...TEXT, item: 'lock-name' },
  version: { ...TEXT, item: 'lock-version' },
  lockfileVersion: { ...SCALAR, item: 'lock-format' },
  packages: { others: wantedKeys({ name: TEXT, version: TEXT, link: SCALAR }, { item: 'lock-package' }) },
  dependencies: { others: DEPENDENCY },
})

const MODULES = 'node_modules/'

/** Reads npm's lock files. Where `packages` came first, `dependencies` says the same again and is passed over. */
export function packageLockPart(sink: ItemSink): BomPart {
  let name: string | null = null
  let version: string | null = null
  let packages = false
  const text = (value: Kept): string | null => (typeof value === 'string' && value !== '' ? value : null)
  return {
    takes: {
      'lock-name': (value) => {
        name = text(value)
      },
      'lock-version': (value) => {
        version = text(value)
      },
      'lock-format': () => {
        sink.recognised = true
      },
      'lock-package': (value, place, key) => {
        packages = true
        sink.recognised = true
        if (value instanceof Odd) {
          sink.unmatched('wrong-shape', place(), value.said)
          return
        }
        // The root is the subject; a link points to a folder that has its own entry.
        if (key === '' || keptText(value, 'link') === 'true') return
        const at = key.lastIndexOf(MODULES)
        const named = keptText(value, 'name') ?? (at < 0 ? null : key.slice(at + MODULES.length))
        if (named === null) sink.unmatched('no-identity', place(), key)
        else sink.draft(lockedDraft('npm', named, keptText(value, 'version'), place()))
      },
      'lock-dependency': (value, place, key) => {
        if (packages) return
        sink.recognised = true
        if (value instanceof Odd) {
          sink.unmatched('wrong-shape', place(), value.said)
          return
        }
        const [named, locked] = installedAs(key, keptText(value, 'version'))
        sink.draft(lockedDraft('npm', named, locked, place()))
      },
    },
    end() {
      if (name !== null || version !== null) sink.subject({ name, version })
    },
  }
}

/** `npm:real@1.0.0` names another package; an address in the place of a version says no version. */
function installedAs(key: string, stated: string | null): readonly [string, string | null] {
  if (stated === null) return [key, null]
  const at = stated.lastIndexOf('@')
  if (stated.startsWith('npm:') && at > 4) return [stated.slice(4, at), stated.slice(at + 1)]
  return [key, /[:/]/.test(stated) ? null : stated]
}
