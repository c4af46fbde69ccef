import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { sampleDigest } from './done-note.ts'
import { keyFolder, looksOwn, removeDemo } from './fresh.ts'
import { outcomeLine } from './outcome.ts'
import { parseManifest } from './sample.ts'
import { personOf } from './take-in.ts'

test('the manifest gives who sends what with which words, and no file outside', () => {
  const entry = {
    finder: { name: 'Ann', kind: 'lab' },
    file: 'reports/a.sarif',
    format: 'sarif',
    target: { purl: 'pkg:npm/a', version: '1' },
    provenance: { tool: 't', aiAssisted: false },
  }
  const [parcel, ...rest] = parseManifest(
    JSON.stringify([entry, { ...entry, file: '../../etc/passwd' }, { ...entry, file: 7 }, null]),
    '/home/sample',
  )
  assert.deepEqual(rest, [])
  assert.deepEqual(
    [parcel?.finder, parcel?.path, parcel?.parameters.target, parcel?.parameters.aiAssisted, parcel?.parameters.model],
    ['Ann', '/home/sample/reports/a.sarif', 'pkg:npm/a', false, undefined],
  )
  assert.deepEqual(parseManifest('{', '/x'), [])
  assert.notEqual(sampleDigest([parcel!]), sampleDigest([{ ...parcel!, finder: 'Bo' }]))
})

test('each finder sends as its own seeded person', () => {
  const people = [
    { id: '1', name: 'Cy', organisation: 'Tern', roles: ['maintainer'] },
    { id: '2', name: 'Di', organisation: 'Tern', roles: ['finder'] },
    { id: '3', name: 'Ed', organisation: 'Gull', roles: ['finder'] },
  ]
  assert.deepEqual([personOf(people, 'Tern').id, personOf(people, 'Gull').id, personOf(people, null).id], ['2', '3', '2'])
  assert.throws(() => personOf(people, 'Auk'), /nobody who is "Auk"/)
})

test('what came of it is one line', () => {
  assert.equal(
    outcomeLine({ items: 412, finders: 3, flaws: 37, toDecide: 6 }),
    '412 reports from 3 finders → 37 flaws, 6 to decide',
  )
})

test('a fresh start removes only what looks like Weir, and both folders or none', async () => {
  assert.ok(looksOwn(['owner.lock', 'pg'], 'data') && looksOwn([], 'keys'))
  assert.ok(
    !looksOwn(['pg'], 'data') && !looksOwn(['owner.lock', 'pg', '.git'], 'data') && !looksOwn(['owner.lock', 'pg'], 'keys'),
  )
  const home = mkdtempSync(join(tmpdir(), 'weir-fresh-'))
  try {
    const data = join(home, 'data')
    mkdirSync(join(data, 'pg'), { recursive: true })
    writeFileSync(join(data, 'owner.lock'), '')
    mkdirSync(keyFolder(data))
    writeFileSync(join(keyFolder(data), 'letters.txt'), 'mine')
    await assert.rejects(
      removeDemo(data, () => {}),
      /does not look like the keys folder/,
    )
    assert.ok(existsSync(join(data, 'pg')))
    rmSync(join(keyFolder(data), 'letters.txt'))
    writeFileSync(join(data, 'owner.json'), JSON.stringify({ pid: process.pid }))
    await removeDemo(data, () => {})
    assert.ok(!existsSync(data) && !existsSync(keyFolder(data)))
    await assert.rejects(
      removeDemo(process.cwd(), () => {}),
      /does not look like the data folder/,
    )
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
})
