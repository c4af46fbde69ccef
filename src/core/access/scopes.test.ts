import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseRoles, parseScopes, scopesOf } from './scopes.ts'

test('what a token may carry follows from the roles', () => {
  // Anyone signed in may be given a seat in a docket, so anyone's token may be one that works in dockets.
  const anyone = ['docket:read', 'docket:act', 'token:manage']
  // Those who have to do with flaws may be a party of a case.
  assert.deepEqual(scopesOf([]), ['report:send', ...anyone])
  const finder = ['report:send', 'finding:read', 'validation:ask', 'docket:read', 'docket:act', 'claim:make']
  assert.deepEqual(scopesOf(['finder']), [...finder, 'case:read', 'case:act', 'token:manage'])
  assert.deepEqual(scopesOf(['coordinator']), [
    ...['report:send', 'flaw:read', 'flaw:decide', 'validation:ask', 'docket:read', 'docket:act', 'case:read', 'case:act'],
    ...['record:send', 'token:manage'],
  ])
  assert.deepEqual(scopesOf(['runner']), ['report:send', 'job:lease', ...anyone])
  const keeping = ['record:send', 'people:manage', 'token:manage']
  assert.deepEqual(scopesOf(['administrator']), ['report:send', 'docket:read', 'docket:act', ...keeping])
})

test('unknown words are refused, known ones come once and in order', () => {
  assert.equal(parseRoles(['finder', 'root']), null)
  assert.equal(parseRoles(['__proto__']), null)
  assert.equal(parseRoles(['finder', 'runner']), null, 'runner is a role of machines')
  assert.deepEqual(parseRoles(['administrator', 'finder', 'finder']), ['finder', 'administrator'])
  assert.equal(parseScopes(['*']), null)
  assert.deepEqual(parseScopes(['token:manage', 'report:send']), ['report:send', 'token:manage'])
})
