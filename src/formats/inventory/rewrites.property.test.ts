import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { identityOf } from '../../core/exposure/identity.ts'
import { makePurl } from '../../core/kernel/purl/parts.ts'
import { formatPurl } from '../../core/kernel/purl.ts'
import { type FormedComponent, formInventory, INVENTORY_FORMS } from '../../devkit/inventory-forms.ts'
import { detectInventory } from './detect-inventory.ts'
import type { InventoryItem } from './inventory.ts'
import { inventoryReader } from './inventory-reader.ts'

const word = fc.stringMatching(/^[a-z][a-z0-9.-]{0,8}[a-z0-9]$/)
const odd = fc.stringMatching(/^[A-Za-zé☃&<>"'{}][A-Za-z &<>"'é☃{}:@]{0,8}[A-Za-zé☃&<>"'{}]$/)
const version = fc.stringMatching(/^[0-9]{1,3}\.[0-9]{1,2}(?:[-+~.][a-z0-9]{1,4})?$/)
const type = fc.constantFrom('library', 'framework', 'operating-system', 'device', 'firmware', 'container', 'application')

const withPurl = fc
  .tuple(
    fc.constantFrom('npm', 'maven', 'golang', 'deb', 'pypi'),
    fc.option(word),
    word,
    fc.option(version),
    type,
    fc.boolean(),
  )
  .map(([kind, group, name, at, of, arch]): FormedComponent => {
    const namespace = kind === 'deb' ? 'debian' : kind === 'maven' ? (group ?? 'org.example') : kind === 'pypi' ? null : group
    const qualifiers = kind === 'deb' && arch ? { arch: 'amd64', distro: 'debian-12' } : null
    const made = makePurl({ type: kind, namespace, name, version: at, qualifiers })
    assert.ok(made.ok)
    return { purl: formatPurl(made.purl), cpe: null, group: namespace, name, version: at, type: of }
  })
const withCpe = fc.tuple(word, version, type).map(([name, at, of]): FormedComponent => {
  const cpe = `cpe:2.3:a:${name}:${name}:${at.replace(/[~+]/g, '\\$&')}:*:*:*:*:*:*:*`
  return { purl: null, cpe, group: null, name, version: at, type: of }
})
const named = fc
  .tuple(fc.option(word), odd, fc.option(version), type)
  .map(([group, name, at, of]): FormedComponent => ({ purl: null, cpe: null, group, name, version: at, type: of }))
const inventory = fc.array(fc.oneof(withPurl, withPurl, withCpe, named), { maxLength: 12 })

function read(text: string, sizes: readonly number[]): InventoryItem[] {
  const bytes = new TextEncoder().encode(text)
  const kind = detectInventory(bytes)
  assert.ok(kind, text.slice(0, 200))
  const reader = inventoryReader(kind)
  const items: InventoryItem[] = []
  let at = 0
  for (let k = 0; at < bytes.length; k++) {
    const size = sizes[k % sizes.length]!
    items.push(...reader.push(bytes.slice(at, at + size)))
    at += size
  }
  return [...items, ...reader.end()]
}

function identities(items: readonly InventoryItem[]): string[] {
  return [...new Set(items.flatMap((item) => ('component' in item ? identityOf(item.component) : [])))].sort()
}

test('one inventory has one set of identities, whichever its format, nesting, order and duplicates', () => {
  fc.assert(
    fc.property(inventory, fc.integer({ min: 0, max: 2 ** 31 }), (components, seed) => {
      const expected = [
        ...new Set(components.map((of) => identityOf({ ...of, cpes: of.cpe === null ? [] : [of.cpe], marks: [], place: '' }))),
      ]
      for (const form of INVENTORY_FORMS) {
        const text = formInventory(components, form, seed)
        const items = read(text, [1 << 16])
        assert.deepEqual(
          items.filter((item) => 'refused' in item),
          [],
          form,
        )
        assert.deepEqual(identities(items), expected.sort(), `${form}\n${text}`)
      }
    }),
    { numRuns: 300 },
  )
})

test('the same bytes give the same items, however they are cut', () => {
  const chunks = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(
      inventory,
      fc.constantFrom(...INVENTORY_FORMS),
      fc.integer({ min: 0, max: 2 ** 31 }),
      chunks,
      (components, form, seed, sizes) => {
        const text = formInventory(components, form, seed)
        assert.deepEqual(read(text, sizes), read(text, [text.length * 4 + 1]), form)
      },
    ),
    { numRuns: 400 },
  )
})

test('bytes that were changed, cut out or doubled make no reader throw, and end it in at most one refusal, the last item', () => {
  const edits = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 300 }), fc.nat({ max: 30 })), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(inventory, fc.constantFrom(...INVENTORY_FORMS), fc.nat(), edits, (components, form, seed, changes) => {
      let bytes = new TextEncoder().encode(formInventory(components, form, seed))
      const kind = detectInventory(bytes)!
      for (const [where, what, length] of changes) {
        const at = where % bytes.length
        const put = what < 256 ? [what] : what < 280 ? [] : [...bytes.subarray(at, at + 2 * length)]
        bytes = new Uint8Array([...bytes.subarray(0, at), ...put, ...bytes.subarray(at + length)])
        if (bytes.length === 0) return
      }
      const reader = inventoryReader(kind)
      const items = [...reader.push(bytes), ...reader.end()]
      const refused = items.filter((item) => 'refused' in item)
      assert.ok(refused.length === 0 || (refused.length === 1 && refused[0] === items.at(-1)))
      detectInventory(bytes)
    }),
    { numRuns: 500 },
  )
})
