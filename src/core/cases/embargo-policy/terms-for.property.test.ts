import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { DAY, instant } from '../../kernel/instant.ts'
import type { ChosenPolicy, EmbargoFacts } from './embargo-facts.ts'
import { POLICY_CLASSES, type When } from './embargo-rule.ts'
import { parseOwnPolicy } from './own-policy.ts'
import { EMBARGO_POLICIES } from './registry.ts'
import { termsFor } from './terms-for.ts'
import { sentenceOf } from './why-sentence.ts'

const PARTIES = ['a', 'b', 'c', 'd']
const at = fc.integer({ min: 0, max: 400 }).map((day) => instant(1_790_000_000_000 + day * DAY))
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null })
const days = fc.integer({ min: 1, max: 200 })
const own = fc
  .record(
    {
      endDays: days,
      endExtensionDays: days,
      exploitedDays: days,
      exploitedExtensionDays: days,
      detailsAfterPatchDays: days,
      existenceAfterDays: days,
      maximumDays: days,
      aiFoundIsPublic: fc.boolean(),
      endFrom: fc.constantFrom('report', 'owned', 'fix', 'patch'),
    },
    { requiredKeys: ['endDays'] },
  )
  .chain((given) =>
    fc.record({ upstream: fc.boolean() }).map(({ upstream }) => {
      const read = parseOwnPolicy({ name: 'Own', version: '1', ...given }, 'org', upstream, '2026-11-21')
      assert.ok(read.ok)
      return read.policy
    }),
  )
const chosen: fc.Arbitrary<ChosenPolicy> = fc.record({
  policy: fc.oneof(fc.constantFrom(...EMBARGO_POLICIES), own),
  party: fc.constantFrom(...PARTIES),
})
const facts: fc.Arbitrary<EmbargoFacts> = fc.record({
  reportedAt: at,
  validatedAt: maybe(at),
  ownedAt: maybe(at),
  fixReadyAt: maybe(at),
  patchAt: maybe(at),
  exploited: fc.oneof(fc.constant(null), fc.constant(false as const), fc.record({ since: at })),
  severity: maybe(fc.constantFrom('none' as const, 'low' as const, 'medium' as const, 'high' as const, 'critical' as const)),
  aiFound: maybe(fc.boolean()),
  engaged: maybe(fc.boolean()),
  requestedExtension: maybe(fc.record({ days: fc.integer({ min: -5, max: 60 }), exceptional: fc.boolean() })),
  receiverDefault: maybe(chosen),
  negotiated: maybe(fc.record({ at, detailsAt: maybe(at), acceptedBy: fc.subarray(PARTIES) })),
})
const policies = fc.array(chosen, { maxLength: 8 })
const order = (when: When) => (when === 'public-now' ? -Infinity : (when ?? Infinity))
const runs = { numRuns: 1500 }

test('an end is never later than any end that a party has accepted, and details never come before it', () => {
  fc.assert(
    fc.property(facts, policies, (facts, policies) => {
      const { endsAt, detailsAt } = termsFor(facts, policies)
      if (facts.negotiated !== null) assert.ok(order(endsAt) <= facts.negotiated.at)
      assert.ok(order(detailsAt) >= order(endsAt))
      for (const one of policies) {
        const setAside = one.policy.class === 'default' && facts.negotiated?.acceptedBy.includes(one.party)
        const alone = termsFor({ ...facts, receiverDefault: null, negotiated: null }, [one])
        if (!setAside) assert.ok(order(endsAt) <= order(alone.endsAt), `${one.policy.id}`)
      }
    }),
    runs,
  )
})

test('knowing of attacks, or knowing earlier, never makes an end or the details later', () => {
  fc.assert(
    fc.property(facts, policies, at, at, (facts, policies, one, two) => {
      const quiet = termsFor({ ...facts, exploited: false }, policies)
      const late = termsFor({ ...facts, exploited: { since: instant(Math.max(one, two)) } }, policies)
      const early = termsFor({ ...facts, exploited: { since: instant(Math.min(one, two)) } }, policies)
      for (const key of ['endsAt', 'detailsAt'] as const) {
        assert.ok(order(late[key]) <= order(quiet[key]))
        assert.ok(order(early[key]) <= order(late[key]))
      }
    }),
    runs,
  )
})

test('one policy more never makes an end, the details or the first public word later', () => {
  fc.assert(
    fc.property(facts, policies, chosen, (facts, policies, more) => {
      const before = termsFor(facts, policies)
      const after = termsFor(facts, [...policies, more])
      assert.ok(order(after.endsAt) <= order(before.endsAt))
      assert.ok(order(after.detailsAt) <= order(before.detailsAt))
      if (after.endsAt !== 'public-now') assert.ok(order(after.transparencyAt) <= order(before.transparencyAt))
    }),
    runs,
  )
})

test('neither order nor repetition of policies changes anything', () => {
  const shuffled = policies.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })))
  fc.assert(
    fc.property(facts, shuffled, (facts, [all, other]) => {
      assert.deepEqual(termsFor(facts, all), termsFor(facts, [...other, ...all.slice(0, 2)]))
    }),
    runs,
  )
})

test('what can be reached by extensions lies after the end, and granting them all comes to it', () => {
  fc.assert(
    fc.property(facts, policies, (facts, policies) => {
      const { extendable, endsAt } = termsFor(facts, policies)
      const all = { engaged: true, requestedExtension: { days: 10_000, exceptional: true } }
      if (extendable === null) return
      assert.ok(extendable > order(endsAt))
      assert.equal(termsFor({ ...facts, ...all }, policies).endsAt, extendable)
    }),
    runs,
  )
})

test('every end has exactly one line that decides, every proposal a line, every line a sentence', () => {
  fc.assert(
    fc.property(facts, policies, (facts, policies) => {
      const { endsAt, proposals, why } = termsFor(facts, policies)
      const first = why.filter(({ effect, against }) => effect === 'decides' && against === null)
      assert.equal(first.length, endsAt === null ? 0 : 1)
      if (endsAt !== null) assert.equal(first[0]!.at, endsAt)
      assert.equal(why.filter(({ effect }) => effect === 'proposal').length, proposals.length)
      for (const line of why) assert.doesNotMatch(sentenceOf(line), /undefined|null|NaN|Infinity/)
      const ranks = why.map(({ policy }) => EMBARGO_POLICIES.find(({ id }) => id === policy)).filter((one) => one !== undefined)
      const places = ranks.map((one) => POLICY_CLASSES.indexOf(one.class))
      assert.deepEqual(
        places,
        places.toSorted((a, b) => a - b),
      )
    }),
    runs,
  )
})
