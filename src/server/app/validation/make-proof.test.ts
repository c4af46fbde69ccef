import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Recipe } from '../../../core/validation/recipe.ts'
import type { Piece } from './gather-evidence.ts'
import { makeProof, type ProofTarget } from './make-proof.ts'
import { newestAnswers, type PastResult } from './newest-answers.ts'
import { parseLengths, parseOracle } from './oracle-text.ts'
import { outcomeWords } from './outcome-words.ts'
import { pieceNaming } from './piece-naming.ts'

const recipe: Recipe = {
  version: 'weir-recipe/1',
  image: null,
  language: 'c',
  sanitizer: 'address',
  env: {},
  configure: [],
  build: ['make'],
  harnesses: [{ name: 'parse', kind: 'command', run: ['./parse', '@@'] }],
  tests: [],
  benign: [],
  limits: { build: {}, run: {} },
}
const about = { name: 'x', revision: null, digest: `sha256:${'1'.repeat(64)}`, purl: null, introducedAfter: null }
const target: ProofTarget = { kind: 'archive', about, recipe, bytes: 1, slot: 1, blob: 'b', image: null }
const claim = { tool: null, kind: null, symbol: null, path: null, cwe: null }
const piece = (id: string, finding: string, kind: Piece['kind'], more: Partial<Piece> = {}): Piece => ({
  id,
  finding,
  kind,
  name: id,
  organisation: 'org',
  bytes: 3,
  digest: `sha256:${id}`,
  harness: null,
  fires: null,
  requests: null,
  claim,
  place: { in: 'body', finding, n: 0 },
  ...more,
})
const asked = (own: string[]) => ({ tasks: ['reproduce'] as const, settings: {}, own: new Set(own) })

test('a patch is for its own finding’s reproducers, else for its flaw’s, never for those of a candidate', () => {
  const pieces = [
    piece('rA', 'A', 'reproducer'),
    piece('rB', 'B', 'reproducer'),
    piece('rX', 'X', 'reproducer'),
    piece('pA', 'A', 'patch'),
    piece('pC', 'C', 'patch'),
    piece('pX', 'X', 'patch'),
  ]
  const made = makeProof(target, pieces, asked(['A', 'B', 'C']))
  assert.ok(made.ok)
  assert.deepEqual(
    made.stored.proof.patches.map(({ id, fixes }) => [id, fixes]),
    [
      ['pA', ['rA']],
      ['pC', ['rA', 'rB']],
      ['pX', ['rX']],
    ],
  )
  assert.deepEqual(Object.keys(made.stored.places).sort(), [about.digest, ...pieces.map(({ digest }) => digest)].sort())
})

test('with several harnesses nobody guesses: what names none is left out, and alone is nothing to run', () => {
  const two = {
    ...target,
    recipe: { ...recipe, harnesses: [...recipe.harnesses, { ...recipe.harnesses[0]!, name: 'second' }] },
  }
  const named = piece('r2', 'A', 'reproducer', { harness: 'second' })
  const made = makeProof(two, [piece('r1', 'A', 'reproducer'), named], asked(['A']))
  assert.deepEqual(made.ok && made.stored.proof.reproducers.map(({ id, harness }) => [id, harness]), [['r2', 'second']])
  const none = makeProof(two, [piece('r1', 'A', 'reproducer')], asked(['A']))
  assert.deepEqual([none.ok, !none.ok && /parse, second/.test(none.say)], [false, true])
  assert.equal(makeProof(target, [piece('p', 'A', 'patch')], asked(['A'])).ok, false)
  assert.equal(makeProof(target, [{ ...named, harness: '__proto__' }], asked(['A'])).ok, false)
})

test('how a reproducer shows that it fired is read strictly', () => {
  assert.equal(parseOracle(null), null)
  assert.equal(parseOracle('crash'), null)
  assert.deepEqual(parseOracle('exit:77'), { kind: 'exit', code: 77 })
  assert.deepEqual(parseOracle('output:a: b'), { kind: 'output', contains: 'a: b' })
  assert.deepEqual(parseOracle('file:/out/x'), { kind: 'file', path: '/out/x' })
  for (const bad of [
    'exit:256',
    'exit:',
    'file:/etc/passwd',
    'file:/out/../etc',
    'file:/out/\0',
    'none',
    `output:${'x'.repeat(501)}`,
  ])
    assert.equal(parseOracle(bad), undefined, bad)
  assert.deepEqual(parseLengths('1,2'), [1, 2])
  for (const bad of ['0', '1,', '-1', 'x', Array(101).fill('1').join(',')]) assert.equal(parseLengths(bad), undefined, bad)
})

test('of several validations the newest answer stands, and says where an older one saw another', () => {
  const past = (validation: string, outcome: 'silent' | 'fires' | 'no-answer'): PastResult => {
    const cell = { patch: 'p', reproducer: 'r', outcome, fired: 0, of: 3, say: '' }
    const matrix = { cells: [cell], relations: [] }
    const none = { tier: null, builds: [], reproducers: [], patches: [], minimised: [], ranges: [] }
    return { validation, outcome: { ...none, matrix }, proof: null as never }
  }
  const cells = (...list: PastResult[]) =>
    newestAnswers(list).cells.map((one) => [one.of.outcome, one.validation, one.disagrees])
  assert.deepEqual(cells(past('new', 'silent'), past('old', 'fires')), [['silent', 'new', true]])
  assert.deepEqual(cells(past('new', 'silent'), past('old', 'no-answer')), [['silent', 'new', false]])
})

test('what it came to is one sentence; ids in a runner’s words are names', () => {
  const built = { of: 'base', built: true, say: '', tree: null, fromCache: false, wallMs: 0 }
  const verdict = (verdict: 'confirmed' | 'flaky') => ({ verdict }) as never
  assert.equal(
    outcomeWords({ builds: [{ ...built, built: false }], reproducers: [], patches: [] }),
    'The target did not build.',
  )
  const words = outcomeWords({ builds: [built], reproducers: [verdict('confirmed'), verdict('flaky')], patches: [] })
  assert.equal(words, '1 of 2 reproducers confirmed.')
  const id = `fnd_${'a'.repeat(24)}-1`
  const naming = pieceNaming([{ id, finding: 'B', kind: 'reproducer', name: 'crash' }], ['A', 'B'])
  assert.equal(naming.words(`${id} fired; evd_${'0'.repeat(24)} did not.`), `B (crash) fired; evd_${'0'.repeat(24)} did not.`)
})
