import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { normalDraw, uniform } from '../planner/noise.ts'
import { Generator } from '../resample/generator.ts'
import { abilityOn } from './ability.ts'
import { fitItems, type ItemScale } from './fit-items.ts'
import { gaussHermite } from './hermite.ts'
import { linkScales } from './link.ts'
import { personFit } from './person-fit.ts'
import { logistic } from './posterior.ts'
import type { Responses } from './responses.ts'

/** Answers drawn from the model itself. */
function drawn(
  seed: number,
  thetas: readonly number[],
  difficulty: readonly number[],
  names = (i: number) => `i${i}`,
): Responses {
  const random = new Generator()
  random.start(seed, 3, 0)
  const item = Int32Array.from(difficulty, (_, i) => i)
  const score = (theta: number) => Float64Array.from(difficulty, (b) => (uniform(random) < logistic(theta - b) ? 1 : 0))
  return {
    items: difficulty.map((_, i) => names(i)),
    models: thetas.map((theta, m) => ({ model: `m${m}`, item, score: score(theta) })),
  }
}

function normals(seed: number, n: number, sd: number): number[] {
  const random = new Generator()
  random.start(seed, 4, 0)
  return Array.from({ length: n }, () => sd * normalDraw(random))
}

describe('a one-parameter scale', () => {
  test('41-point quadrature integrates moments of the normal law', () => {
    const { nodes, weights } = gaussHermite(41)
    const moment = (p: number) => nodes.reduce((sum, z, k) => sum + weights[k]! * z ** p, 0)
    for (const [p, value] of [
      [0, 1],
      [1, 0],
      [2, 1],
      [4, 3],
      [6, 15],
      [8, 105],
    ] as const)
      assert.ok(Math.abs(moment(p) - value) < 1e-9 * Math.max(1, value), `moment ${p}`)
  })

  test('difficulties are found again within their errors', () => {
    const difficulty = normals(1, 60, 1.5)
    const scale = fitItems(drawn(2, normals(3, 300, 1), difficulty))!
    assert.ok(scale.converged)
    const misses = difficulty.filter((b, i) => Math.abs(scale.difficulty[i]! - b) > 2.5 * scale.se[i]!)
    assert.ok(misses.length <= 3, `${misses.length} of 60`)
  })

  test('abilities from two disjoint forms of 140 items, linked by anchors, agree within 0.25 logits for 95 % of models', () => {
    const thetas = normals(5, 60, 1)
    const bank = normals(6, 340, 1.5)
    const all = drawn(7, thetas, bank)
    const form = (from: number, to: number): Responses => ({
      items: all.items.slice(from, to),
      models: all.models.map(({ model, score }) => ({
        model,
        item: Int32Array.from({ length: to - from }, (_, i) => i),
        score: score.slice(from, to),
      })),
    })
    // Two forms that overlap in 60 anchors; each form’s own items are the 140 outside them.
    const a = fitItems(form(0, 200))!
    const b = fitItems(form(140, 340))!
    const link = linkScales(b, a)!
    assert.ok(link.anchors.length >= 40, `${link.anchors.length} anchors`)
    const near = thetas.filter((_, m) => Math.abs(a.abilities[m]!.theta - b.abilities[m]!.theta - link.shift) < 2 * 0.25)
    assert.ok(near.length >= 0.95 * thetas.length, `${near.length} of ${thetas.length}`)
  })

  test('an anchor that drifted is dropped and named', () => {
    const scale = (shift: number, drift: number): ItemScale => ({
      items: ['a', 'b', 'c', 'd', 'e'],
      difficulty: Float64Array.from([0, 1, 2, 3, 4 + drift], (b) => b + shift),
      se: new Float64Array(5).fill(0.2),
      abilities: [],
      rounds: 1,
      converged: true,
    })
    const link = linkScales(scale(0, 0), scale(0.7, 2))!
    assert.deepEqual(
      link.dropped.map(({ item }) => item),
      ['e'],
    )
    assert.ok(Math.abs(link.shift - 0.7) < 1e-12)
    assert.equal(linkScales(scale(0, 0), { ...scale(0, 0), items: ['v', 'w', 'x', 'y', 'z'] }), null)
  })

  test('a model that fails what is easy and solves what is hard is flagged; one after the model’s law is not', () => {
    const difficulty = Float64Array.from({ length: 100 }, (_, i) => -3 + (6 * i) / 99)
    const item = Int32Array.from(difficulty, (_, i) => i)
    const upside = { model: 'm', item, score: Float64Array.from(difficulty, (b) => (b > 0 ? 1 : 0)) }
    const bent = personFit(0, upside, difficulty)!
    assert.ok(bent.flagged && bent.lz < -5, String(bent.lz))
    assert.equal(bent.guttman, 1)
    const usual = personFit(0, drawn(11, [0], [...difficulty]).models[0]!, difficulty)!
    assert.equal(usual.flagged, false)
    assert.equal(personFit(0, { model: 'm', item: new Int32Array(), score: new Float64Array() }, difficulty), null)
  })

  test('a model put on a standing scale lands where the joint fit has it', () => {
    const responses = drawn(12, normals(13, 30, 1), normals(14, 120, 1.5))
    const scale = fitItems(responses)!
    const ability = abilityOn(scale.items, scale.difficulty, responses.items, responses.models[4]!)!
    assert.ok(Math.abs(ability.theta - scale.abilities[4]!.theta) < 1e-9)
    assert.equal(abilityOn(['other'], new Float64Array(1), responses.items, responses.models[4]!), null)
  })

  test('all solved and none solved stay finite', () => {
    const item = Int32Array.from({ length: 50 }, (_, i) => i)
    const models = [1, 0].map((score) => ({ model: String(score), item, score: new Float64Array(50).fill(score) }))
    const scale = fitItems({ items: Array.from(item, String), models })!
    for (const { theta, sd } of scale.abilities) assert.ok(Number.isFinite(theta) && sd > 0)
    assert.ok(scale.difficulty.every(Number.isFinite))
  })
})
