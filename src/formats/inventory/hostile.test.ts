import assert from 'node:assert/strict'
import { test } from 'node:test'
import { detectInventory } from './detect-inventory.ts'
import { INVENTORY_LIMITS, type InventoryItem, type InventoryKind, type InventoryLimits } from './inventory.ts'
import { inventoryReader } from './inventory-reader.ts'

const KINDS: readonly InventoryKind[] = [
  'cyclonedx-json',
  'cyclonedx-xml',
  'spdx-tag-value',
  'package-lock',
  'pnpm-lock',
  'yarn-lock',
  'poetry-lock',
  'requirements',
  'go-sum',
  'go-mod',
  'cargo-lock',
  'composer-lock',
  'gemfile-lock',
  'dpkg-status',
  'dpkg-list',
  'rpm-list',
]

function read(kind: InventoryKind, parts: Iterable<string>, limits: InventoryLimits = INVENTORY_LIMITS): InventoryItem[] {
  const reader = inventoryReader(kind, limits)
  const items: InventoryItem[] = []
  for (const part of parts) for (const item of reader.push(new TextEncoder().encode(part))) items.push(item)
  return [...items, ...reader.end()]
}

const bom = (...components: readonly unknown[]): string => JSON.stringify({ bomFormat: 'CycloneDX', components })
const xml = (inside: string, before = ''): string =>
  `<?xml version="1.0"?>${before}<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><components>${inside}</components></bom>`
const whys = (items: readonly InventoryItem[]) => items.flatMap((item) => ('unmatched' in item ? [item.unmatched.why] : []))
const refusals = (items: readonly InventoryItem[]) => items.flatMap((item) => ('refused' in item ? [item.refused.code] : []))
const purls = (items: readonly InventoryItem[]) => items.flatMap((item) => ('component' in item ? [item.component.purl] : []))

test('wrong types are told where they stand and leave what is around them whole', () => {
  const items = read('cyclonedx-json', [
    bom(
      'text',
      null,
      7,
      [],
      { name: 'a', version: 1, purl: 'pkg:npm/a@1' },
      { name: {}, purl: ['x'] },
      { components: {} },
      {},
      {
        name: 'b',
        purl: 'pkg:npm/b@1',
        hashes: 'no',
      },
    ),
  ])
  assert.deepEqual(purls(items), ['pkg:npm/a@1', 'pkg:npm/b@1'])
  const told = items.flatMap((item) => ('unmatched' in item ? [`${item.unmatched.place} ${item.unmatched.why}`] : []))
  assert.deepEqual(told, [
    '/components/0 wrong-shape',
    '/components/1 wrong-shape',
    '/components/2 wrong-shape',
    '/components/3 wrong-shape',
    '/components/4/version wrong-shape',
    '/components/5/name wrong-shape',
    '/components/5/purl wrong-shape',
    '/components/5 no-identity',
    '/components/6/components wrong-shape',
    '/components/6 no-identity',
    '/components/7 no-identity',
    '/components/8/hashes wrong-shape',
  ])
  assert.deepEqual(refusals(items), [])
})

test('purls with control characters, too long or broken are not believed', () => {
  const stated = [
    'pkg:npm/a%00b@1',
    'pkg:npm/a\u0007@1',
    `pkg:npm/${'a'.repeat(5000)}@1`,
    'pkg:npm',
    'npm/a@1',
    'pkg:npm/%ff@1',
  ]
  const items = read('cyclonedx-json', [bom(...stated.map((purl) => ({ name: 'x', purl })))])
  assert.deepEqual(
    purls(items),
    stated.map(() => null),
  )
  assert.deepEqual(
    whys(items),
    stated.map(() => 'bad-purl'),
  )
})

test('a key that stands twice is told', () => {
  const items = read('cyclonedx-json', ['{"components":[{"name":"a","purl":"pkg:npm/a@1","\\u0070url":"pkg:npm/a@2"}]}'])
  assert.deepEqual([whys(items), purls(items)], [['wrong-shape'], ['pkg:npm/a@2']])
})

test('keys that prototypes know are keys like any other', () => {
  const items = read('cyclonedx-json', [
    '{"__proto__":{"components":[{"name":"x"}]},"constructor":1,"components":[{"__proto__":{"name":"y"},"toString":1,"name":"a"}]}',
  ])
  assert.deepEqual(
    items.flatMap((item) => ('component' in item ? [item.component.name] : [])),
    ['a'],
  )
  assert.equal(({} as { name?: string }).name, undefined)
})

test('huge texts, lists and depths are passed over and told', () => {
  const large = read('cyclonedx-json', ['{"components":[{"name":"', 'x'.repeat(1 << 20), '","version":"1"},{"name":"b"}]}'])
  assert.deepEqual(whys(large), ['too-large', 'no-identity', 'no-identity'])
  const many = {
    name: 'a',
    purl: 'pkg:npm/a@1',
    hashes: Array.from({ length: 1500 }, () => ({ alg: 'MD5', content: '0'.repeat(32) })),
  }
  assert.deepEqual(whys(read('cyclonedx-json', [bom(many)])), ['too-large'])
  const deep = `${'{"name":"a","components":['.repeat(2000)}${']}'.repeat(2000)}`
  const items = read('cyclonedx-json', [`{"components":[${deep}]}`])
  assert.equal(whys(items).filter((why) => why === 'too-large').length, 1)
  assert.equal(purls(items).length, 255)
  const skipped = read('cyclonedx-json', ['{"x":', '['.repeat(1 << 20), ']'.repeat(1 << 20), ',"components":[{"name":"a"}]}'])
  assert.equal(purls(skipped).length, 1)
})

test('references that point at each other, at themselves or at nothing end', () => {
  const vulnerability = (id: string, ...refs: readonly string[]) => ({ id, affects: refs.map((ref) => ({ ref })) })
  const items = read('cyclonedx-json', [
    JSON.stringify({
      bomFormat: 'CycloneDX',
      vulnerabilities: [
        vulnerability('CVE-1', 'a'),
        vulnerability('CVE-2', 'nowhere'),
        vulnerability('CVE-3', 'a', 'nowhere'),
        vulnerability('CVE-4'),
        vulnerability('CVE-5', 'urn:cdx:f08a6ccd-4dce-4759-bd84-c626675d60a7/1#pkg%3Anpm%2Fz%401.0.0'),
        { affects: [] },
        'no',
      ],
      dependencies: [
        { ref: 'a', dependsOn: ['a', 'b'] },
        { ref: 'b', dependsOn: ['a'] },
      ],
      components: [
        { 'bom-ref': 'a', name: 'a', purl: 'pkg:npm/a@1' },
        { 'bom-ref': 'a', name: 'b', purl: 'pkg:npm/b@1' },
      ],
    }),
  ])
  const stated = items.flatMap((item) => ('stated' in item ? [[item.stated.ids[0], ...item.stated.about]] : []))
  assert.deepEqual(stated, [['CVE-1', 'pkg:npm/a@1'], ['CVE-3', 'pkg:npm/a@1'], ['CVE-4'], ['CVE-5', 'pkg:npm/z@1.0.0']])
  assert.deepEqual(whys(items), ['no-identity', 'wrong-shape', 'no-identity', 'no-identity'])
})

test('more components than the limit are refused, what came before stands', () => {
  const items = read('cyclonedx-json', [bom({ name: 'a' }, { name: 'b' }, { name: 'c' })], {
    ...INVENTORY_LIMITS,
    components: 2,
  })
  assert.deepEqual([purls(items).length, refusals(items)], [2, ['inventory.too-many']])
})

test('what is held until the end is bounded, and told where it is', () => {
  const limits = { ...INVENTORY_LIMITS, held: 1, references: 1 }
  const vulnerabilities = ['CVE-1', 'CVE-2'].map((id) => ({ id, affects: [{ ref: 'b' }] }))
  const components = [
    { 'bom-ref': 'a', name: 'a' },
    { 'bom-ref': 'b', name: 'b' },
  ]
  const items = read('cyclonedx-json', [JSON.stringify({ components, vulnerabilities })], limits)
  assert.deepEqual(whys(items).slice(2), ['too-large', 'no-identity'])
  const apart = ['a', 'b'].map((id) => ({ type: 'software_Package', name: id, externalIdentifier: [`_:${id}`] }))
  const graph = read('spdx3-json', [JSON.stringify({ '@graph': apart })], limits)
  assert.deepEqual(whys(graph), ['too-large', 'no-identity', 'no-identity', 'no-identity'])
})

test('XML with a document type, an entity of its own or a broken form is refused', () => {
  const bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
  assert.deepEqual(refusals(read('cyclonedx-xml', [xml('<component><name>&b;</name></component>', bomb)])), [
    'inventory.unsafe-xml',
  ])
  assert.deepEqual(refusals(read('cyclonedx-xml', [xml('<component><name>&own;</name></component>')])), [
    'inventory.unsafe-xml',
  ])
  for (const inside of [
    '<component><name>a</component>',
    '<component',
    '<component a="1" a="2"/>',
    '<component a=1/>',
    '<x:component/>',
    '<component><name>&#0;</name></component>',
    '<component><name>& </name></component>',
    '<1/>',
    '<component><name>\u0001</name></component>',
    `<component a="${'x'.repeat(1 << 18)}"/>`,
    '<a>'.repeat(5000),
  ]) {
    assert.deepEqual(refusals(read('cyclonedx-xml', [xml(inside)])), ['inventory.broken'], inside.slice(0, 60))
  }
  for (const text of ['', ' ', '<', '<bom/>', '<html/>', 'text', `${xml('')}<bom/>`, `${xml('')}text`, xml('').slice(0, -3)])
    assert.deepEqual(refusals(read('cyclonedx-xml', [text])), ['inventory.broken'], text.slice(0, 60))
  const latin = xml('').replace('version="1.0"', 'version="1.0" encoding="ISO-8859-1"')
  assert.deepEqual(refusals(read('cyclonedx-xml', [latin])), ['inventory.broken'])
})

test('XML: references, CDATA, comments, prefixes and foreign elements are what they are', () => {
  const items = read('cyclonedx-xml', [
    xml(
      '<!-- <component><name>no</name></component> --><component type="library" x:type="no" xmlns:x="urn:x">' +
        '<x:name>no</x:name><name>a &lt;&#x26;&#38;<![CDATA[&amp;]]]></name><version> 1 </version><pedigree><ancestors>' +
        '<component><name>no</name></component></ancestors></pedigree><components><b:component xmlns:b="http://cyclonedx.org/schema/bom/1.6">' +
        '<b:name>c</b:name></b:component></components></component>',
    ),
  ])
  const found = items.flatMap((item) =>
    'component' in item ? [[item.component.name, item.component.type, item.component.version]] : [],
  )
  assert.deepEqual(found, [
    ['c', null, null],
    ['a <&&&amp;]', 'library', '1'],
  ])
  assert.deepEqual(refusals(items), [])
})

test('a document that is cut off or goes on says so once', () => {
  const whole = bom({ name: 'a', purl: 'pkg:npm/a@1' })
  for (let cut = 1; cut < whole.length; cut++)
    assert.deepEqual(refusals(read('cyclonedx-json', [whole.slice(0, cut)])), ['inventory.broken'])
  for (const text of [
    '',
    `${whole}{}`,
    `${whole},`,
    whole.replace(':', ' '),
    whole.replace('"a"', 'a'),
    whole.replace('"a"', '"\u0001"'),
  ])
    assert.deepEqual(refusals(read('cyclonedx-json', [text])), ['inventory.broken'], text.slice(0, 80))
  assert.deepEqual(refusals(read('cyclonedx-json', ['{"some":"thing"}'])), ['inventory.unknown'])
  assert.deepEqual(refusals(read('in-toto', ['{"payload":"!!!!"}'])), ['inventory.broken'])
  assert.deepEqual(refusals(read('in-toto', [`{"payload":"${btoa('{"components":[')}"}`])), ['inventory.broken'])
})

test('no kind throws on any bytes, nor takes quadratic time on long lines and many of them', () => {
  const texts = [
    '\u0000\ufeff',
    'a-'.repeat(50_000),
    ' '.repeat(25_000),
    '='.repeat(25_000),
    '"'.repeat(25_000),
    'a@1:\n'.repeat(4_000),
    '[[package]]\nname = "a"\n'.repeat(5_000),
    '<text>'.repeat(50_000),
    'a==1 \\\n'.repeat(10_000),
    'Package: a\nVersion: 1\n\n'.repeat(4_000),
    `{"packages":${'{"a":'.repeat(50_000)}`,
    '<a '.repeat(25_000),
    '&'.repeat(25_000),
    ']]'.repeat(25_000),
  ]
  for (const kind of KINDS) {
    for (const text of texts) {
      const begun = performance.now()
      read(kind, [text])
      assert.ok(performance.now() - begun < 2000, `${kind} ${text.slice(0, 20)}`)
    }
  }
  const cdata = xml(`<component><name><![CDATA[${']'.repeat(3000)}]]></name></component>`)
  assert.equal(purls(read('cyclonedx-xml', cdata)).length, 1)
  for (const text of texts) detectInventory(new TextEncoder().encode(text).subarray(0, 1 << 16))
})

test('what was held is given although the document broke off', () => {
  const held = JSON.stringify({ type: 'software_Package', name: 'a', externalIdentifier: ['_:a'] })
  const items = read('spdx3-json', [`{"@graph":[${held},`])
  assert.deepEqual([purls(items), refusals(items)], [[null], ['inventory.broken']])
  assert.ok('refused' in items.at(-1)!)
})

test('UTF-16 with its mark is read, UTF-8 that is none is told', () => {
  const text = bom({ name: 'é', purl: 'pkg:npm/a@1' })
  const bytes = new Uint8Array(2 + 2 * text.length)
  new Uint16Array(bytes.buffer).set([0xfeff, ...[...text].map((c) => c.charCodeAt(0))])
  const reader = inventoryReader(detectInventory(bytes)!)
  const items = [...[...bytes].flatMap((byte) => reader.push(new Uint8Array([byte]))), ...reader.end()]
  assert.deepEqual(
    items.flatMap((item) => ('component' in item ? [item.component.name] : [])),
    ['é'],
  )
  const broken = inventoryReader('cyclonedx-json')
  const said = [...new TextEncoder().encode('{"components":[{"name":"?"}]}')].map((c) => (c === 0x3f ? 0xff : c))
  assert.deepEqual(whys([...broken.push(new Uint8Array(said)), ...broken.end()]), ['wrong-shape', 'no-identity'])
})
