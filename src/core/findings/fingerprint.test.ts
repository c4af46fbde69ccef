import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { toHex } from '../kernel/digest.ts'
import type { Finding } from './finding.ts'
import { type FingerprintKind, fingerprints, MOST_FINGERPRINTS } from './fingerprint.ts'
import { preimage } from './keys/preimage.ts'
import { normalForm } from './normal-form.ts'

const UNSTATED = { tool: null, toolVersion: null, model: null, modelVersion: null, humanValidated: null, aiAssisted: null }
const NOWHERE = { path: null, line: null, column: null, symbol: null, snippet: null }
const BLANK: Finding = {
  title: '',
  text: '',
  target: null,
  locations: [],
  weaknesses: [],
  stack: [],
  crash: null,
  severities: [],
  aliases: [],
  references: [],
  evidence: [],
  provenance: UNSTATED,
  rule: null,
  toolFingerprints: {},
  extra: {},
}
const target = { purl: 'pkg:generic/qr', repository: null, version: '1' }
const frame = (symbol: string, path: string | null = 'src/qr.c') => ({ symbol, path, line: 3, column: null, module: null })
const overflow: Finding = {
  ...BLANK,
  title: 'overflow',
  target,
  stack: [frame('qr_link_copy'), frame('qr_parse')],
  crash: { tool: 'asan', kind: 'heap-buffer-overflow', access: 'write', size: 4, address: null, signal: null },
}
const scan: Finding = {
  ...BLANK,
  title: 'strcpy',
  target,
  locations: [{ ...NOWHERE, path: 'src/qr.c', line: 10, snippet: 'strcpy(destination, source);' }],
  weaknesses: ['CWE-120'],
  rule: 'insecure-copy',
  provenance: { ...UNSTATED, tool: 'Scanner' },
}
const prose =
  'The parser of link records in the reader copies a name of unchecked length into a fixed array on the heap, which overflows.'

function keysOf(finding: Finding, home = 'org_a'): Map<FingerprintKind, string> {
  return new Map(fingerprints(normalForm(finding), home).map(({ kind, preimage: bytes }) => [kind, toHex(bytes)]))
}

function same(kind: FingerprintKind, a: Finding, b: Finding, homes = ['org_a', 'org_b']): boolean {
  const [one, two] = [keysOf(a, homes[0]).get(kind), keysOf(b, homes[1]).get(kind)]
  return one !== undefined && one === two
}

test('the same crash in another build of another organisation has the same sure key', () => {
  const elsewhere = {
    ...overflow,
    stack: [frame('__asan_memcpy', null), frame('qr_link_copy(char*)', '/home/ci/build/qr/src/qr.c')],
  }
  assert.equal(same('crash', overflow, elsewhere), true)
})

test('a crash differs by target, first frame, file and kind, and agrees as a candidate by its first frame', () => {
  const read: Finding = { ...overflow, crash: { ...overflow.crash!, access: 'read' } }
  assert.equal(same('crash', overflow, read), false)
  assert.equal(same('frame', overflow, read), true)
  assert.equal(same('crash', overflow, { ...overflow, stack: [frame('qr_parse')] }), false)
  assert.equal(same('crash', overflow, { ...overflow, stack: [frame('qr_link_copy', 'src/other.c')] }), false)
  assert.equal(same('crash', overflow, { ...overflow, target: { ...target, purl: 'pkg:generic/other' } }), false)
})

test('a crash in main, or of unknown cause, is not sure', () => {
  assert.equal(keysOf({ ...overflow, stack: [frame('main')] }).has('crash'), false)
  assert.equal(
    keysOf({ ...overflow, crash: { ...overflow.crash!, kind: 'SEGV', address: '0x7fff00000000' } }).has('crash'),
    false,
  )
})

test('one rule of one tool on one line of text is sure wherever the line has moved; another tool is a candidate', () => {
  const moved = { ...scan, locations: [{ ...scan.locations[0]!, line: 99, snippet: '\t\tstrcpy(destination,  source);' }] }
  assert.equal(same('scan', scan, moved), true)
  const other = { ...scan, rule: 'x', provenance: { ...UNSTATED, tool: 'Other' } }
  assert.equal(same('scan', scan, other), false)
  assert.equal(same('line', scan, other), true)
})

test('lines up to eight apart share a bucket, far ones none', () => {
  const at = (line: number): Finding => ({ ...scan, locations: [{ ...NOWHERE, path: 'src/qr.c', line }] })
  const near = (line: number) =>
    fingerprints(normalForm(at(line)), 'o')
      .filter(({ kind }) => kind === 'near')
      .map((k) => toHex(k.preimage))
  for (let line = 1; line < 64; line++)
    assert.ok(
      near(line).some((key) => near(line + 8).includes(key)),
      String(line),
    )
  assert.ok(!near(10).some((key) => near(27).includes(key)))
})

test('a public name joins on one target; a list of several CVE ids joins nothing', () => {
  const named = { ...BLANK, target, aliases: ['cve-2024-12345'] }
  assert.equal(same('alias', named, { ...overflow, aliases: ['CVE-2024-12345'] }), true)
  assert.equal(same('alias', named, { ...named, target: { ...target, purl: 'pkg:generic/other' } }), false)
  assert.equal(keysOf({ ...named, aliases: ['CVE-2024-12345', 'CVE-2024-12346'] }).has('alias'), false)
})

test('without a target no sure key meets that of another organisation', () => {
  for (const finding of [overflow, scan, { ...BLANK, text: prose }, { ...BLANK, aliases: ['CVE-2024-12345'] }]) {
    const blind = { ...finding, target: null }
    const mine = fingerprints(normalForm(blind), 'org_a').filter(({ strength }) => strength === 'sure')
    const yours = fingerprints(normalForm(blind), 'org_b').filter(({ strength }) => strength === 'sure')
    const again = fingerprints(normalForm(blind), 'org_a').filter(({ strength }) => strength === 'sure')
    assert.ok(mine.length > 0)
    assert.deepEqual(mine, again)
    const theirs = new Set(yours.map((key) => toHex(key.preimage)))
    assert.ok(mine.every((key) => !theirs.has(toHex(key.preimage))))
  }
})

test('a copied description joins whatever its case and punctuation, a short one does not', () => {
  const text = { ...BLANK, target, text: prose }
  assert.equal(same('prose', text, { ...text, text: `${prose.toUpperCase()}\n` }), true)
  assert.equal(keysOf({ ...text, text: 'Buffer overflow.' }).has('prose'), false)
})

test('no two lists of parts give the same bytes', () => {
  const parts = fc.array(fc.string({ unit: fc.constantFrom('|', ':', '1', 'a') }), { maxLength: 4 })
  fc.assert(
    fc.property(parts, parts, (a, b) => {
      assert.equal(toHex(preimage('scan', 1, a)) === toHex(preimage('scan', 1, b)), JSON.stringify(a) === JSON.stringify(b))
    }),
  )
  assert.notDeepEqual(preimage('scan', 1, ['a']), preimage('line', 1, ['a']))
})

test('hostile findings have few keys and raise nothing', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.constantFrom('a_'.repeat(50_000), '('.repeat(90_000), 'a.'.repeat(50_000), '::'.repeat(9_000)),
  )
  fc.assert(
    fc.property(text, text, text, (a, b, c) => {
      const finding: Finding = {
        ...BLANK,
        title: a.slice(0, 300),
        text: b,
        target: { purl: c, repository: a, version: b },
        weaknesses: [c],
        aliases: [a, b],
        rule: c,
        locations: [{ path: a, line: 1, column: null, symbol: b, snippet: c }],
        stack: [{ symbol: c, path: b, line: null, column: null, module: null }],
        crash: a.length % 2 === 0 ? null : { tool: 'other', kind: b, access: null, size: null, address: c, signal: null },
      }
      const keys = fingerprints(normalForm(finding), 'org_a')
      assert.ok(keys.length <= MOST_FINGERPRINTS)
    }),
    { numRuns: 200 },
  )
})
