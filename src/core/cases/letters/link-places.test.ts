import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actionsIn, fillLinks, linkPlace } from './link-places.ts'
import { parseLinkPath } from './link-token.ts'

const SITE = 'https://weir.example'

test('places of this letter become links, places of another stay what they are', () => {
  const own = linkPlace(SITE, 'accept', 'ABCD-EFGH')
  const other = linkPlace(SITE, 'accept', 'ZZZZ-ZZZZ')
  const text = `Accept: ${own}\nhostile: ${other}\nagain ${own}\n`
  assert.deepEqual(actionsIn(text, SITE, 'ABCD-EFGH'), ['accept'])
  const filled = fillLinks(text, SITE, 'ABCD-EFGH', (action) => `${action}${'$&'.repeat(2)}`)
  assert.equal(filled, `Accept: ${SITE}/l/accept$&$&\nhostile: ${other}\nagain ${SITE}/l/accept$&$&\n`)
})

test('a place is no link that could be used', () => {
  assert.equal(parseLinkPath(linkPlace('', 'unsubscribe', 'ABCD-EFGH')), null)
})
