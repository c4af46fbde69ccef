import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Id } from '../kernel/id.ts'
import { DAY, type Instant, instant } from '../kernel/instant.ts'
import { type Claim, evolveClaim, LEASE_DAYS, RENEWALS, REST } from './claim.ts'
import { CLAIM_QUOTA, type ClaimStanding, NO_STANDING } from './claim-quota.ts'
import { decideClaim } from './decide-claim.ts'
import { makeClaim, type WantedClaim } from './make-claim.ts'
import type { OptOut, OptOutSays } from './opt-out.ts'
import type { ScanTarget } from './scan-target.ts'

const T0 = instant(1_800_000_000_000)
const later = (days: number): Instant => instant(T0 + days * DAY)
const target: ScanTarget = { name: 'pkg:npm/a', range: null, path: [], weakness: null }
const wanted: WantedClaim = {
  claim: 'clm_1' as Id<'claim'>,
  organisation: 'org_1' as Id<'organisation'>,
  target,
  days: 7,
  reach: null,
  consent: null,
}
const saying = (says: OptOutSays) => [{ says } as OptOut]
function attempt(more: Partial<WantedClaim> = {}, standing: Partial<ClaimStanding> = {}, optOuts: readonly OptOut[] = []) {
  const ground = { optOuts, standing: { ...NO_STANDING, ...standing }, quota: CLAIM_QUOTA }
  const decision = makeClaim({ ...wanted, ...more }, ground, T0)
  return decision.ok ? 'made' : decision.code
}
function made(days = 7): Claim {
  const decision = makeClaim({ ...wanted, days }, { optOuts: [], standing: NO_STANDING, quota: CLAIM_QUOTA }, T0)
  assert.ok(decision.ok)
  return decision.events.reduce(evolveClaim, null as unknown as Claim)
}
function step(claim: Claim, command: Parameters<typeof decideClaim>[1], now: Instant): Claim | string {
  const decision = decideClaim(claim, command, now)
  return decision.ok ? decision.events.reduce(evolveClaim, claim) : decision.code
}

describe('a claim', () => {
  test('is made, renewed from now on, released, and released again', () => {
    const claim = made()
    assert.deepEqual([claim.state, claim.endsAt, claim.renewals], ['active', later(7), 0])
    const renewed = step(claim, { do: 'renew', days: 14 }, later(5)) as Claim
    assert.deepEqual([renewed.endsAt, renewed.renewals, renewed.version], [later(19), 1, 2])
    const released = step(renewed, { do: 'release' }, later(6)) as Claim
    assert.deepEqual([released.state, released.endedAt], ['released', later(6)])
    assert.deepEqual(step(released, { do: 'release' }, later(7)), released)
    assert.equal(step(released, { do: 'renew', days: 1 }, later(6)), 'claim.not-active')
  })

  test('is renewed so many times only, and never for longer than a lease', () => {
    let claim = made()
    for (let n = 0; n < RENEWALS; n++) claim = step(claim, { do: 'renew', days: LEASE_DAYS }, later(n)) as Claim
    assert.equal(step(claim, { do: 'renew', days: 1 }, later(4)), 'claim.renewals')
    for (const days of [0, -1, 1.5, LEASE_DAYS + 1, Number.NaN, Number.POSITIVE_INFINITY])
      assert.equal(step(made(), { do: 'renew', days }, later(1)), 'claim.days')
    assert.ok(claim.endsAt <= later(LEASE_DAYS * (RENEWALS + 1)))
  })

  test('lapses at its end by the clock, and is over there before the clock tells it', () => {
    const claim = made(1)
    assert.equal(step(claim, { do: 'clock' }, instant(later(1) - 1)), claim)
    assert.equal(step(claim, { do: 'renew', days: 1 }, later(1)), 'claim.not-active')
    const lapsed = step(claim, { do: 'clock' }, later(1)) as Claim
    assert.equal(lapsed.state, 'lapsed')
    assert.equal(step(lapsed, { do: 'clock' }, later(9)), lapsed)
  })

  test('an event that its history cannot have throws', () => {
    const event = { type: 'claim-released' as const, claim: 'clm_2' as Id<'claim'>, at: T0 }
    assert.throws(() => evolveClaim(made(), event), /clm_2/)
    assert.throws(() => evolveClaim(null, event), /nothing/)
  })
})

describe('nobody squats and nobody probes', () => {
  test('quotas, each at its edge', () => {
    assert.equal(attempt({}, { open: CLAIM_QUOTA.open - 1 }), 'made')
    assert.equal(attempt({}, { open: CLAIM_QUOTA.open }), 'quota.open')
    assert.equal(attempt({}, { whole: CLAIM_QUOTA.whole }), 'quota.whole')
    assert.equal(attempt({ target: { ...target, path: ['src'] } }, { whole: CLAIM_QUOTA.whole }), 'made')
    assert.equal(attempt({}, { day: CLAIM_QUOTA.day }), 'quota.day')
    assert.equal(attempt({}, { overlaps: CLAIM_QUOTA.overlaps - 1 }), 'made')
    assert.equal(attempt({}, { overlaps: CLAIM_QUOTA.overlaps }), 'quota.overlaps')
  })

  test('a system is not claimed whole', () => {
    const linux = { ...target, name: 'pkg:github/torvalds/linux' }
    assert.equal(attempt({ target: linux }), 'target.whole-too-wide')
    assert.equal(attempt({ target: { ...linux, path: ['net'] } }), 'made')
    assert.equal(attempt({ target: { ...linux, weakness: { kind: 'cwe', cwe: 416 } } }), 'made')
    assert.equal(
      attempt({ target: { ...linux, range: { ecosystem: null, from: 'aaaaaaa', to: null } } }),
      'target.whole-too-wide',
    )
  })

  test('who held a place to the last day lets it rest', () => {
    const before = { state: 'lapsed' as const, renewals: RENEWALS, endedAt: T0 - REST + 1 }
    assert.equal(attempt({}, { before }), 'claim.rest')
    assert.equal(attempt({}, { before: { ...before, endedAt: T0 - REST } }), 'made')
    assert.equal(attempt({}, { before: { ...before, renewals: RENEWALS - 1 } }), 'made')
  })

  test('what a project says is kept', () => {
    const times = { days: [1], fromMinute: 0, toMinute: 60 }
    assert.equal(attempt({}, {}, saying({ kind: 'no-scans' })), 'target.opted-out')
    assert.equal(attempt({}, {}, saying({ kind: 'with-consent' })), 'target.needs-consent')
    assert.equal(attempt({ consent: 'J. Doe, by mail' }, {}, saying({ kind: 'with-consent' })), 'made')
    assert.equal(attempt({}, {}, saying({ kind: 'only-at-times', times })), 'made')
    assert.equal(attempt({ reach: 'a\nb' }), 'claim.text')
    assert.equal(attempt({ consent: '\u202e' }), 'claim.text')
    assert.equal(attempt({ days: 15 }), 'claim.days')
  })
})
