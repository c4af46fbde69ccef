import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fieldWords, valueWords } from './field-words.ts'

test('values of a draft are words where there are any, and JSON otherwise', () => {
  assert.equal(valueWords({ route: 'mail', at: 'security@example.org', keys: [] }), 'By mail to security@example.org')
  assert.equal(valueWords(['reproducer', 'en']), 'a reproducer, en')
  assert.equal(valueWords({ stance: 'none' }), '{"stance":"none"}')
  assert.equal(valueWords(undefined), 'nothing')
  assert.equal(valueWords(false), 'no')
})

test('a place that is not known keeps its pointer', () => {
  assert.equal(fieldWords('/report/languages'), 'Languages')
  assert.equal(fieldWords('/constructor'), '/constructor')
})
