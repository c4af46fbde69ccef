import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BLANK, faults, toWeirJson } from './draft.ts'

test('only what was written is sent; nothing is guessed', () => {
  assert.deepEqual(toWeirJson({ ...BLANK, title: ' T ', text: 'what' }), { title: 'T', text: 'what' })
})

test('a purl, a repository, a place and who found it go where the schema has them', () => {
  const item = toWeirJson({
    ...BLANK,
    title: 'T',
    text: 'x',
    target: 'pkg:npm/a',
    version: '1',
    path: 'a.c',
    line: '12',
    weakness: '787',
    found: 'assisted',
    model: 'Corvid',
  })
  assert.deepEqual(item['target'], { purl: 'pkg:npm/a', version: '1' })
  assert.deepEqual(item['locations'], [{ path: 'a.c', line: 12 }])
  assert.deepEqual(item['weaknesses'], ['CWE-787'])
  assert.deepEqual(item['provenance'], { model: 'Corvid', humanValidated: true, aiAssisted: true })
  assert.deepEqual(toWeirJson({ ...BLANK, target: 'https://git.example/x' })['target'], { repository: 'https://git.example/x' })
})

test('title and text are needed; a weakness and a line have their form', () => {
  assert.deepEqual(Object.keys(faults(BLANK)), ['title', 'text'])
  assert.deepEqual(Object.keys(faults({ ...BLANK, title: 'T', text: 'x', weakness: 'buffer', line: '0' })), [
    'weakness',
    'line',
  ])
  assert.deepEqual(faults({ ...BLANK, title: 'T', text: 'x', weakness: 'CWE-79', line: '1' }), {})
})
