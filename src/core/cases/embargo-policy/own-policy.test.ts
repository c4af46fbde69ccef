import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { OWN_POLICY_REFUSALS, parseOwnPolicy } from './own-policy.ts'

const read = (input: unknown, upstream = false) => parseOwnPolicy(input, 'org_1', upstream, '2026-11-21')
const code = (more: object) => {
  const answer = read({ name: 'Ours', version: '1', ...more })
  return answer.ok ? 'ok' : answer.code
}

describe('an organisation’s own policy', () => {
  test('becomes rules under its owner’s name and class', () => {
    const answer = read(
      { name: 'Ours', version: '2.0', endDays: 60, endExtensionDays: 7, exploitedDays: 3, maximumDays: 80 },
      true,
    )
    assert.ok(answer.ok)
    assert.equal(answer.policy.id, 'own:org_1')
    assert.equal(answer.policy.class, 'upstream')
    assert.deepEqual(
      answer.policy.rules.map((rule) => [rule.id, 'days' in rule ? rule.days : null]),
      [
        ['own-end', 60],
        ['own-exploited', 3],
        ['own-maximum', 80],
      ],
    )
  })

  test('is refused by a code for each fault', () => {
    assert.equal(code({ endDays: 30 }), 'ok')
    assert.equal(code({ openEnded: true }), 'ok')
    assert.equal(code({ endDays: 0 }), 'policy.days')
    assert.equal(code({ endDays: 366 }), 'policy.days')
    assert.equal(code({ endDays: 1.5 }), 'policy.days')
    assert.equal(code({ endDays: '30' }), 'policy.days')
    assert.equal(code({ endDays: 30, openEnded: true }), 'policy.open-and-dated')
    assert.equal(code({}), 'policy.no-end')
    assert.equal(code({ detailsAfterPatchDays: 10 }), 'policy.no-end')
    assert.equal(code({ endDays: 30, maxDays: 10 }), 'policy.malformed')
    assert.equal(code({ endDays: 30, endFrom: 'exploited' }), 'policy.malformed')
    assert.equal(code({ endDays: 30, aiFoundIsPublic: 'yes' }), 'policy.malformed')
    assert.equal(code({ endDays: 30, name: 'two\nlines' }), 'policy.name')
    assert.equal(code({ endDays: 30, version: '1 beta' }), 'policy.version')
    assert.equal(code(JSON.parse('{"__proto__":{"endDays":30}}')), 'policy.malformed')
  })

  test('whatever is sent is read or refused by a known code, and never thrown at', () => {
    fc.assert(
      fc.property(fc.anything(), (input) => {
        const answer = read(input)
        assert.ok(answer.ok || answer.code in OWN_POLICY_REFUSALS)
      }),
      { numRuns: 500 },
    )
  })
})
