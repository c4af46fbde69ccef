import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sentFields } from './relay-words.ts'

test('what is sent is read field by field, in its order, with line ends as they are', () => {
  const sends = JSON.stringify({ summary: 'a\nb', product: ['gate', 'way'], start_private_fork: false, nested: { a: 1 } })
  assert.deepEqual(sentFields(sends), [
    { name: 'summary', text: 'a\nb' },
    { name: 'product', text: 'gate\nway' },
    { name: 'start_private_fork', text: 'false' },
    { name: 'nested', text: '{\n  "a": 1\n}' },
  ])
})

test('what is no object is left as text', () => {
  for (const sends of ['', 'plain', '[1]', 'null', '"words"']) assert.equal(sentFields(sends), null)
})
