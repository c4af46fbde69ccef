import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sayCall } from './say-call.ts'

test('a call is said a field a line, with line breaks where its text has them', () => {
  assert.equal(sayCall('{"command":"ls","seconds":3}'), 'command: ls\nseconds: 3')
  assert.equal(sayCall('{"path":"a.py","content":"x = 1\\ny = 2"}'), 'path: a.py\ncontent:\nx = 1\ny = 2')
})

test('what is no object of fields stays word for word', () => {
  for (const text of ['', '[1]', 'null', '"a"', '{"a":', 'ls -l']) assert.equal(sayCall(text), text)
})
