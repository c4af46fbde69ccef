import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { madeMeasurement } from '../../../devkit/made-measurement.ts'
import type { Outcome } from '../../docket/docket.ts'
import { computeFigures } from '../figures/compute.ts'
import { decisionFigure } from '../figures/decision-figure.ts'
import type { Criterion, Plan } from '../plan/plan.ts'
import { samplePlan } from '../plan/sample-plan.ts'
import { combine, decide } from './decide.ts'
import { errorsOf, normal } from './errors.ts'
import type { Evidence } from './evidence.ts'

const plan = samplePlan('1')
const at = (minutes: number): Plan => ({ ...plan, criteria: [{ kind: 'horizon', at: 0.5, minutes }] })
const judge = (evidence: Evidence, criterion: Criterion) => decide({ ...plan, criteria: [criterion] }, evidence).outcome

describe('a decision', () => {
  const { evidence, figures } = computeFigures(madeMeasurement())
  const { low, high } = evidence.horizon.interval!

  test('the guard band: met above, not met below, undetermined where the interval holds the criterion', () => {
    assert.equal(decide(at(low.minutes! / 3), evidence).outcome, 'met')
    assert.equal(decide(at(high.minutes! * 3), evidence).outcome, 'not-met')
    assert.equal(decide(at(evidence.horizon.p50!), evidence).outcome, 'undetermined')
    assert.equal(decide(at(high.minutes! * 0.999), evidence).outcome, 'undetermined')
  })

  test('treatments that lie on different sides make it undetermined', () => {
    const other = { ...evidence.horizon, p50: low.minutes! / 10 }
    const differ = { ...evidence, byTreatment: { ...evidence.byTreatment, S: other } }
    const { outcome, criteria } = decide(at(low.minutes! / 3), differ)
    assert.equal(outcome, 'undetermined')
    assert.equal(criteria[0]?.why, 'treatments-differ')
  })

  test('more than a tenth of the multiverse on the other side makes it undetermined, a tenth does not', () => {
    const flip = (share: number) =>
      evidence.cells.map((cell, i) => (i < share * evidence.cells.length ? { ...cell, p50: low.minutes! / 10 } : cell))
    assert.equal(decide(at(low.minutes! / 3), { ...evidence, cells: flip(0.09) }).outcome, 'met')
    const { outcome, criteria } = decide(at(low.minutes! / 3), { ...evidence, cells: flip(0.2) })
    assert.equal(outcome, 'undetermined')
    assert.equal(criteria[0]?.why, 'multiverse-flips')
    assert.equal(criteria[0]?.sides?.flips.length, Math.ceil(0.2 * evidence.cells.length))
  })

  test('simulated coverage below 93 % says neither met nor not met', () => {
    for (const minutes of [low.minutes! / 3, high.minutes! * 3])
      assert.equal(decide(at(minutes), { ...evidence, coverage: 0.929 }).outcome, 'undetermined')
    assert.equal(decide(at(low.minutes! / 3), { ...evidence, coverage: 0.93 }).outcome, 'met')
  })

  test('minimum data, another suite, another elicitation and edge cases are not assessable', () => {
    const bad: Partial<Evidence>[] = [
      { missingShare: 0.11 },
      { suite: { name: 'sample', version: '2' } },
      { suite: null },
      { horizon: { ...evidence.horizon, assessable: false } },
      { horizon: { ...evidence.horizon, counts: { ...evidence.horizon.counts, tasks: 19 } } },
    ]
    for (const change of bad) assert.equal(decide(at(1), { ...evidence, ...change }).outcome, 'not-assessable')
    assert.equal(decide({ ...at(1), elicitation: 'scaffold' }, evidence).outcome, 'not-assessable')
  })

  test('ranges and sentinels', () => {
    const completions = new Map([['range', { k: 3, n: 10 }]])
    const with3 = { ...evidence, completions }
    assert.equal(judge(with3, { kind: 'range', task: 'range', k: 3, n: 10 }), 'met')
    assert.equal(judge(with3, { kind: 'range', task: 'range', k: 6, n: 10 }), 'undetermined')
    assert.equal(judge(with3, { kind: 'range', task: 'range', k: 7, n: 10 }), 'not-met')
    assert.equal(judge(with3, { kind: 'range', task: 'range', k: 7, n: 20 }), 'not-assessable')
    assert.equal(judge(with3, { kind: 'sentinel', task: 'range' }), 'met')
    assert.equal(judge(with3, { kind: 'sentinel', task: 'elsewhere' }), 'not-assessable')
    assert.equal(judge(evidence, { kind: 'irt', score: 0, reference: '0'.repeat(64) }), 'not-assessable')
    const ability = { theta: 2, half: 0.5, reference: '0'.repeat(64) }
    assert.equal(judge({ ...evidence, ability }, { kind: 'irt', score: 1, reference: '0'.repeat(64) }), 'met')
    assert.equal(judge({ ...evidence, ability }, { kind: 'irt', score: 1.6, reference: '0'.repeat(64) }), 'undetermined')
    assert.equal(judge({ ...evidence, ability }, { kind: 'irt', score: 1, reference: '1'.repeat(64) }), 'not-assessable')
  })

  test('a sealed plan lets out the outcome alone, and nothing of its threshold', () => {
    const minutes = 17.123
    const sealed: Plan = { ...at(minutes), threshold: 'sealed' }
    const figure = decisionFigure(sealed, 'd'.repeat(64), evidence, (text) => `keyed:${text.length}`)
    assert.equal(figure.shown, null)
    assert.ok(figure.commitment?.startsWith('keyed:'))
    assert.doesNotMatch(JSON.stringify({ ...figures, decision: figure }), /17\.123/)
    assert.match(JSON.stringify(decisionFigure(at(minutes), 'd'.repeat(64), evidence, null)), /17\.123/)
  })

  const o: Record<string, Outcome> = { m: 'met', n: 'not-met', u: 'undetermined', x: 'not-assessable' }
  const combined: readonly (readonly [rule: Plan['combine'], outcomes: string, outcome: string])[] = [
    [{ rule: 'any' }, 'mnx', 'm'],
    [{ rule: 'any' }, 'nnn', 'n'],
    [{ rule: 'any' }, 'nu', 'u'],
    [{ rule: 'any' }, 'nx', 'x'],
    [{ rule: 'all' }, 'mm', 'm'],
    [{ rule: 'all' }, 'mn', 'n'],
    [{ rule: 'all' }, 'un', 'n'],
    [{ rule: 'all' }, 'mu', 'u'],
    [{ rule: 'weighted', weights: [3, 1, 1], atLeast: 0.6 }, 'mnn', 'm'],
    [{ rule: 'weighted', weights: [3, 1, 1], atLeast: 0.8 }, 'mnn', 'n'],
    [{ rule: 'weighted', weights: [3, 1, 1], atLeast: 0.8 }, 'mun', 'u'],
    [{ rule: 'weighted', weights: [0.1, 0.2, 0.7], atLeast: 1 }, 'mmm', 'm'],
  ]
  for (const [rule, outcomes, outcome] of combined) {
    test(`${JSON.stringify(rule)} of ${outcomes} is ${outcome}`, () => {
      assert.equal(
        combine(
          rule,
          [...outcomes].map((one) => o[one]!),
        ),
        o[outcome],
      )
    })
  }

  test('error probabilities: 2.5 % each side at the criterion, less at twice it', () => {
    assert.ok(Math.abs(normal(1.959964) - 0.975) < 1e-6)
    const end = (minutes: number) => ({ minutes, reliable: true })
    const errors = errorsOf({ low: end(50), high: end(200), level: 0.95 }, 100)!
    assert.ok(Math.abs(errors.atCriterion.met - 0.025) < 1e-6)
    // Half width 1 doubling: z of twice the criterion is 1.96 further away.
    assert.ok(Math.abs(errors.atTwice.notMet - normal(-3.919928)) < 1e-6)
    assert.equal(errorsOf({ low: end(50), high: { minutes: null, reliable: false }, level: 0.95 }, 100), null)
  })
})
