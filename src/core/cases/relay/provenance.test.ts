import assert from 'node:assert/strict'
import { test } from 'node:test'
import { relayProvenance, sha256 } from '../../../devkit/fake-relay-source.ts'
import { instant } from '../../kernel/instant.ts'
import { learnAlias, schemeOf } from './alias.ts'
import { appendHop, checkProvenance, isContinuation, provenanceBlock } from './provenance.ts'

const later = instant(Date.UTC(2026, 10, 25))

test('a chain grows at its end and nowhere else', () => {
  const before = relayProvenance()
  const appended = appendHop(before, { role: 'vendor', name: null, at: later, handle: 'V-1' })
  assert.ok(appended.ok)
  assert.ok(isContinuation(before, appended.provenance))
  assert.ok(!isContinuation(appended.provenance, before))
  const [first, second] = before.chain
  assert.ok(!isContinuation(before, { ...before, chain: [second!, first!] }))
  assert.ok(!isContinuation(before, { ...before, credits: [] }))
  assert.ok(!isContinuation(before, { ...before, embargo: null }))
  assert.equal(checkProvenance(before, sha256), null)
  const early = appendHop(before, { role: 'vendor', name: 'x', at: instant(0), handle: null })
  assert.ok(!early.ok && early.code === 'provenance.malformed')
  const forged = appendHop(before, { role: 'vendor', name: 'x\nCredit: me', at: later, handle: null })
  assert.ok(!forged.ok && forged.code === 'provenance.malformed')
})

test('a block says credits, hops, terms with their digest, and that a hint is a hint', () => {
  const block = provenanceBlock(relayProvenance({ duplicateHint: 'GHSA-xxxx' }))
  assert.match(block, /^Credit: Ada of Example Lab$/m)
  assert.match(block, /^Hop 2: coordinator, Clearing House, 2026-11-20T10:00:00\.000Z, handled as ABCD-EFGH$/m)
  assert.match(block, /^Hint only, not a decision: /m)
  assert.match(block, /^Embargo terms \(sha256 [0-9a-f]{64}\), relayed unchanged:$/m)
  assert.ok(checkProvenance(relayProvenance({ credits: ['a\nHop 9: vendor'] }), sha256))
  assert.ok(checkProvenance(relayProvenance({ chain: [] }), sha256))
  assert.match(provenanceBlock(relayProvenance({ embargo: null, credits: [] })), /nobody wishes[\s\S]*Embargo: none\./)
})

test('identifiers that come back are learned once', () => {
  const ids = ['GHSA-2345-6789-cfgh', 'VRF#26-11-ABCDE', 'VU#123456', 'SUB-d2mhenw4iave42m4oe', 'CVE-2026-12345']
  assert.deepEqual(ids.map(schemeOf), ['ghsa', 'vrf', 'vu', 'akrites', 'cve'])
  const first = learnAlias([], ` ${ids[0]} `, later)
  assert.ok(first.ok && first.fresh && first.aliases[0]?.id === ids[0])
  const again = learnAlias(first.aliases, ids[0]!, later)
  assert.ok(again.ok && !again.fresh && again.aliases.length === 1)
  for (const bad of ['', '<script>', 'a b', 'x'.repeat(200), 'a\nb']) {
    const refused = learnAlias([], bad, later)
    assert.ok(!refused.ok && refused.code === 'alias.malformed')
  }
})
