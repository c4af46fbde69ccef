import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseInstant } from '../kernel/instant.ts'
import { cleanScanStatement } from './clean-scan.ts'
import { readCleanScan, readCleanStatement, type WrittenScan } from './read-clean-scan.ts'
import type { WeaknessTree } from './weakness-class.ts'

const tree: WeaknessTree = {
  number: (id) => (id === 'CWE-416' ? 416 : null),
  above: () => [],
  familyOf: () => null,
  kin: () => false,
  tops: () => [],
}
const NOW = parseInstant('2026-11-18T12:00:00Z')!
const written: WrittenScan = {
  target: 'https://github.com/o/r',
  commit: 'a'.repeat(40),
  path: 'src/net',
  weakness: 'CWE-416',
  methods: ['fuzzing'],
  tools: [{ name: 'libfuzzer', version: '18.1' }],
  personHours: 2,
  machineHours: null,
  finishedAt: '2026-11-17T12:00:00Z',
}
function statement() {
  const read = readCleanScan(written, tree, NOW)
  assert.ok(read.ok)
  return cleanScanStatement(read.value, 'Lab')
}
const code = (value: unknown, own = 'Lab') => {
  const read = readCleanStatement(value, own, tree, NOW)
  return read.ok ? 'read' : read.code
}

test('a statement made here is read here, by the organisation it names or one that names nobody', () => {
  const one = statement()
  assert.equal(code(one), 'read')
  assert.equal(code(one, 'Other'), 'certificate.malformed')
  assert.equal(code({ ...one, predicate: { ...one.predicate, by: null } }, 'Other'), 'read')
  assert.deepEqual(one.subject, [{ name: 'pkg:github/o/r', digest: { gitCommit: 'a'.repeat(40) } }])
})

test('no field takes a sentence, and none too many is taken at any depth', () => {
  const one = statement()
  const inPredicate = (more: object) => ({ ...one, predicate: { ...one.predicate, ...more } })
  const wrong: unknown[] = [
    null,
    [],
    'text',
    { ...one, note: 'overflow in parse()' },
    inPredicate({ note: 'overflow in parse()' }),
    inPredicate({ tools: [{ name: 'a tool that found an overflow', version: '1' }] }),
    inPredicate({ tools: [{ name: 'a', version: '1', note: 'x' }] }),
    inPredicate({ tools: Array.from({ length: 9 }, () => ({ name: 'a', version: '1' })) }),
    inPredicate({ methods: ['overflow in parse()'] }),
    inPredicate({ path: 'src/overflow in parse' }),
    inPredicate({ path: Array.from({ length: 20 }, () => 'an-overflow-in-parse').join('/') }),
    { ...one, subject: [{ name: 'pkg:generic/an%20overflow', digest: { gitCommit: 'a'.repeat(40) } }] },
    inPredicate({ methods: [] }),
    inPredicate({ personHours: 1.5 }),
    inPredicate({ personHours: '2' }),
    inPredicate({ result: 'overflow' }),
    inPredicate({ finishedAt: 'yesterday' }),
    { ...one, subject: [...one.subject, ...one.subject] },
    { ...one, subject: [{ name: 'pkg:github/o/r', digest: { gitCommit: 'short' } }] },
    { ...one, subject: [{ name: 'pkg:github/o/r', digest: { gitCommit: 'a'.repeat(40), sha256: 'b' } }] },
  ]
  for (const value of wrong) assert.equal(code(value), 'certificate.malformed', JSON.stringify(value))
  assert.equal(code(inPredicate({ finishedAt: '2026-11-19T12:00:00Z' })), 'certificate.future')
  assert.equal(code({ ...one, subject: [{ ...one.subject[0], name: 'https://github.com/o/r' }] }), 'certificate.other-target')
  assert.equal(code(inPredicate({ path: 'src//net' })), 'certificate.other-target')
})
