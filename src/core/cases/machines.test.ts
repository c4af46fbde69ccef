import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { CONSENT_MOVES, CONSENT_STATES, stepConsent } from './consent-state.ts'
import { EMBARGO_MOVES, EMBARGO_STATES, type EmbargoMove, type EmbargoState, stepEmbargo } from './embargo-state.ts'
import { DESIRED_ORDERS, historyOf, ordersOf } from './orders.ts'
import { PUBLICITIES } from './publicity.ts'
import { REPORT_MOVES, REPORT_STATES, stepReport } from './report-state.ts'
import { type FlawMove, type FlawState, forcedNext, stepFlaw } from './rules.ts'
import { VENDOR_STEPS } from './vendor-step.ts'

const SIX: readonly FlawMove[] = ['aware', 'fix-ready', 'deployed', 'public', 'exploit', 'attacks']
const START: FlawState = { vendor: 'vfd', publicity: 'pxa' }
const named = ({ vendor, publicity }: FlawState) => vendor + publicity
const ALL: readonly FlawState[] = VENDOR_STEPS.flatMap((vendor) => PUBLICITIES.map((publicity) => ({ vendor, publicity })))

// Each table written out as the reference prints it, one cell a letter; '-' is no step.
const table = (states: readonly string[], moves: readonly string[], step: (from: never, move: never) => string | null) =>
  states.map((from) => moves.map((move) => step(from as never, move as never)?.[0] ?? '-').join('')).join(' ')

describe('the machines', () => {
  test('report management: no close from valid, invalid only from received', () => {
    // receive validate invalidate accept defer close; start received invalid valid deferred accepted closed
    assert.equal(table(REPORT_STATES, REPORT_MOVES, stepReport), 'r----- -vi--- -v---c ---ad- ---a-c ----dc ------')
    for (const from of REPORT_STATES) assert.equal(stepReport(from, 'invalidate') !== null, from === 'received', from)
    assert.equal(stepReport('valid', 'close'), null)
  })

  test('consent: a revision makes a signatory lapse, and nobody accepts straight after a no', () => {
    assert.equal(table(CONSENT_STATES, CONSENT_MOVES, stepConsent), 'isd-n -sd-n ---ln isd-n i---n')
    assert.equal(stepConsent('signatory', 'revise'), 'lapsed')
  })

  test('embargo: exited is final', () => {
    assert.equal(table(EMBARGO_STATES, EMBARGO_MOVES, stepEmbargo), 'p--- pna- r--e raae ----')
  })

  test('embargo: its language is (p+r)*(p+a(p+[ar])*p*t)? on every string of up to seven letters', () => {
    const letters: readonly (readonly [string, EmbargoMove])[] = [
      ['p', 'propose'],
      ['r', 'reject'],
      ['a', 'accept'],
      ['t', 'terminate'],
    ]
    const accepted: string[] = []
    const walk = (word: string, state: EmbargoState | null) => {
      const ours = state === 'none' || state === 'exited'
      assert.equal(ours, /^(?:p+r)*(?:p+a(?:p+[ar])*p*t)?$/.test(word), word)
      if (ours && word !== '') accepted.push(word)
      if (word.length === 7) return
      for (const [letter, move] of letters) walk(word + letter, state === null ? null : stepEmbargo(state, move))
    }
    walk('', 'none')
    assert.equal(accepted.length, 72, 'besides the empty one')
    for (const word of ['ppat', 'papt'])
      assert.ok(accepted.includes(word), 'the printed expression refuses it, the table does not')
    assert.ok(!accepted.includes('r'), 'the printed expression accepts it, the table does not')
  })
})

describe('one vendor and one flaw', () => {
  const edges = ALL.flatMap((from) => SIX.map((move) => [from, move, stepFlaw(from, move)] as const)).filter(([, , to]) => to)

  test('32 states, 58 edges, all reached, 12 of them transient', () => {
    assert.equal(ALL.length, 32)
    assert.equal(edges.length, 58)
    assert.equal(new Set(edges.map(([, , to]) => named(to!))).add(named(START)).size, 32)
    assert.equal(ALL.filter((state) => forcedNext(state) !== null).length, 12)
    const both = ALL.filter(({ vendor, publicity }) => vendor === 'vfd' && publicity.includes('P') && /^pX/.test(publicity))
    assert.deepEqual(both, [], 'the two forced steps never coincide')
  })

  test('an exploit in the open deploys no fix', () => {
    assert.equal(named(stepFlaw({ vendor: 'VFd', publicity: 'PxA' }, 'exploit')!), 'VFdPXA')
  })

  test('attacks make nothing public', () => {
    for (const state of ALL) {
      const after = stepFlaw(state, 'attacks')
      if (after !== null) assert.equal(after.publicity.includes('P'), state.publicity.includes('P'))
    }
  })

  test('70 histories, and each desired order in as many of them as the reference counts', () => {
    const histories: FlawMove[][] = []
    const walk = (state: FlawState, moves: FlawMove[]) => {
      if (moves.length === 6) histories.push(moves)
      for (const move of SIX) {
        const next = stepFlaw(state, move)
        if (next !== null) walk(next, [...moves, move])
      }
    }
    walk(START, [])
    assert.equal(histories.length, 70)
    const counts = DESIRED_ORDERS.map((_, n) => histories.filter((one) => ordersOf(historyOf(one))[n]).length)
    assert.deepEqual(counts, [11, 19, 25, 28, 28, 38, 41, 50, 51, 51, 57, 66])
    assert.deepEqual(
      counts,
      DESIRED_ORDERS.map(({ of70 }) => of70),
    )
  })

  test('what never happened comes after what did, and two that never happened are not judged', () => {
    const orders = ordersOf(historyOf(['aware', 'fix-ready', 'public']))
    assert.deepEqual(orders, [false, null, null, null, true, true, true, true, true, true, true, true])
  })
})
