import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import test from 'node:test'
import { instant } from '../../kernel/instant.ts'
import { LINK_ACTIONS } from './letter-kind.ts'
import { isLinkToken, linkPath, linkToken, parseLinkPath } from './link-token.ts'
import { decideLink, evolveLink, openLink, viewLink } from './one-time-link.ts'

const mac = (bytes: Uint8Array) => new Uint8Array(createHmac('sha256', 'key').update(bytes).digest())
const facts = { letter: 'ltr_1', action: 'accept', expires: instant(1_000) } as const

test('a token is opaque, differs with each of letter, action and expiry, and comes back from its path', () => {
  const tokens = new Set<string>()
  for (const letter of ['a', 'b'])
    for (const action of LINK_ACTIONS)
      for (const expires of [1, 2]) tokens.add(linkToken(mac, { letter, action, expires: instant(expires) }))
  assert.equal(tokens.size, 2 * LINK_ACTIONS.length * 2)
  const token = linkToken(mac, facts)
  assert.match(token, /^[\w-]{43}$/)
  assert.equal(parseLinkPath(linkPath(token)), token)
  assert.ok(isLinkToken(token, mac, facts))
  assert.ok(!isLinkToken(token, mac, { ...facts, expires: instant(1_001) }))
  for (const path of ['/l/', `/l/${token}x`, `/l/${token}/`, `/m/${token}`, '/l/../../etc'])
    assert.equal(parseLinkPath(path), null)
})

test('looking acts on nothing; confirming acts once; a second time says that it is done', () => {
  const link = openLink(facts)
  assert.deepEqual(viewLink(link, instant(5)), { ok: true, action: 'accept' })
  assert.equal(link.state, 'open')
  const decided = decideLink(link, { type: 'confirm-link', action: 'accept' }, instant(6))
  assert.ok(decided.ok)
  const used = decided.events.reduce(evolveLink, link)
  assert.deepEqual([used.state, used.closedAt], ['used', 6])
  const again = decideLink(used, { type: 'confirm-link', action: 'accept' }, instant(7))
  assert.equal(again.ok ? '' : again.code, 'link.used')
  assert.deepEqual(decideLink(used, { type: 'revoke-link' }, instant(8)), { ok: true, events: [] })
})

test('an expired, a revoked and another action’s link refuse, each with its reason', () => {
  const link = openLink(facts)
  const code = (decided: ReturnType<typeof decideLink>) => (decided.ok ? 'ok' : decided.code)
  assert.equal(code(decideLink(link, { type: 'confirm-link', action: 'accept' }, instant(999))), 'ok')
  assert.equal(code(decideLink(link, { type: 'confirm-link', action: 'accept' }, instant(1_000))), 'link.expired')
  assert.equal(code(decideLink(link, { type: 'confirm-link', action: 'dispute' }, instant(1))), 'link.other-action')
  const revoking = decideLink(link, { type: 'revoke-link' }, instant(2))
  assert.ok(revoking.ok)
  const revoked = revoking.events.reduce(evolveLink, link)
  assert.equal(code(decideLink(revoked, { type: 'confirm-link', action: 'accept' }, instant(3))), 'link.revoked')
})
