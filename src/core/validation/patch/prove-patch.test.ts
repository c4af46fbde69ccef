import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asanLog, FAKE_RECIPE, FAKE_REPRODUCER, FAKE_TOOLS, type FakeRun, fakeProof, talk } from '../../../devkit/fake-runs.ts'
import { RUNGS } from '../ladder.ts'
import type { Proof } from '../proof.ts'
import { SETTINGS } from '../proof.ts'
import { validate } from '../validate.ts'

// An invented target: it answers `say:` lines, and a name longer than 8 overflows.

const OVERFLOW: FakeRun = { exit: 77, stderr: asanLog('heap-buffer-overflow', ['parse_name', 'parse', 'main']) }
const OTHER: FakeRun = { exit: 77, stderr: asanLog('heap-use-after-free', ['drop', 'close_all', 'main']) }
const INPUT = 'name AAAAAAAAAAAAAAAAAAAAAAAA\nsay 12\n'
const INPUTS = new Map([
  ['sha256:A', INPUT],
  ['sha256:good', 'name Ada\nsay 3\nsay 4\n'],
  ['sha256:patch', '--- a/demo.c\n+++ b/demo.c\n@@ -1 +1,2 @@\n int x;\n+int y;\n'],
  ['sha256:outside', '--- a/../demo.c\n+++ b/../demo.c\n@@ -1 +1,2 @@\n int x;\n+int y;\n'],
])

type Target = (input: string) => FakeRun

const names = (input: string) => [...input.matchAll(/^name (.*)$/gm)].map((match) => match[1]!)
const said = (input: string) => ({ stdout: [...input.matchAll(/^say (\d+)$/gm)].map((match) => `said ${match[1]}\n`).join('') })
const base: Target = (input) => (names(input).some((name) => name.length > 8) ? OVERFLOW : said(input))

const proof = (change: Partial<Proof> = {}) =>
  fakeProof({
    tasks: ['patch'],
    patches: [{ id: 'p', input: { digest: 'sha256:patch', name: 'p.diff', bytes: 9 }, fixes: ['A'] }],
    benign: [{ harness: 'demo', input: { kind: 'file', input: { digest: 'sha256:good', name: 'good', bytes: 9 } } }],
    settings: { ...SETTINGS, variants: 60, refuzzSeconds: 1 },
    ...change,
  })

function verdictOn(patched: Target, change: Partial<Proof> = {}, builds = true) {
  const world = {
    target: (input: string, tree: string) => (tree.includes('+') ? patched : base)(input),
    builds: (_: string, patch: string | null) => builds || patch === null,
  }
  return talk(validate(proof(change), FAKE_TOOLS), world, INPUTS).value.patches[0]!
}

const outcomes = (verdict: ReturnType<typeof verdictOn>) =>
  Object.fromEntries(verdict.rungs.map(({ rung, outcome }) => [rung, outcome]))
const failedAt = (verdict: ReturnType<typeof verdictOn>) => verdict.rungs.find(({ outcome }) => outcome === 'failed')?.rung

test('a patch that refuses long names and leaves the rest alone is validated, rung by rung', () => {
  const verdict = verdictOn((input) => (names(input).some((name) => name.length > 8) ? { exit: 1 } : said(input)))
  assert.equal(verdict.standing, 'validated', JSON.stringify(verdict.rungs))
  assert.deepEqual(
    verdict.rungs.map(({ rung }) => rung),
    [...RUNGS],
  )
  assert.equal(outcomes(verdict)['tests'], 'not-possible')
  assert.match(verdict.say, /^Validated\. Passed: applies, builds, reproducers silent, variants silent/)
})

test('each wrong patch stops at its rung, and what lies above is not run', () => {
  assert.equal(failedAt(verdictOn(base)), 'reproducers-silent')
  assert.equal(failedAt(verdictOn((input) => (input === INPUT ? { exit: 1 } : base(input)))), 'variants-silent')
  assert.equal(failedAt(verdictOn(() => ({}))), 'differential')
  assert.equal(failedAt(verdictOn((input) => (input === INPUT ? OTHER : said(input)))), 'reproducers-silent')
  const hangs = verdictOn((input) => (input === INPUT ? { stopped: 'wall-time' } : said(input)))
  assert.equal(failedAt(hangs), 'reproducers-silent')
  assert.match(hangs.say, /had to be stopped/)
  assert.equal(outcomes(hangs)['variants-silent'], 'not-run')
})

test('what does not build, or leads outside the tree, is rejected with the reason', () => {
  const broken = verdictOn(base, {}, false)
  assert.equal(failedAt(broken), 'builds')
  const outside = verdictOn(base, {
    patches: [{ id: 'p', input: { digest: 'sha256:outside', name: 'p.diff', bytes: 9 }, fixes: ['A'] }],
  })
  assert.equal(failedAt(outside), 'applies')
  assert.match(outside.rungs[0]!.say, /`\.\.`/)
})

test('a silent reproducer alone is never called validated', () => {
  const alone = { benign: [], settings: { ...SETTINGS, variants: 0, refuzzSeconds: 0 } }
  assert.equal(verdictOn(said, alone).standing, 'stops-the-reproducer')
})

test('a patch for a reproducer that does not fire is undecided', () => {
  const inputs = new Map([...INPUTS, ['sha256:A', 'say 1\n']])
  const verdict = talk(validate(proof(), FAKE_TOOLS), { target: base }, inputs).value.patches[0]!
  assert.equal(verdict.standing, 'undecided')
})

test('tests that fail without the patch are not held against it', () => {
  const recipe = {
    ...FAKE_RECIPE,
    tests: [
      { name: 'old', run: 'false' },
      { name: 'suite', run: 'true' },
    ],
  }
  const world = (broken: string) => ({
    target: (input: string, tree: string, asked: { purpose: string }) => {
      if (!asked.purpose.includes(', test '))
        return tree.includes('+') ? (names(input).length > 0 && input === '' ? {} : said(input)) : base(input)
      const patched = asked.purpose.includes('patched')
      return { exit: asked.purpose.includes('test old') || (patched && broken === 'suite') ? 1 : 0 }
    },
  })
  const rung = (broken: string) =>
    talk(validate(proof({ recipe }), FAKE_TOOLS), world(broken), INPUTS).value.patches[0]!.rungs.find(
      (one) => one.rung === 'tests',
    )!
  assert.equal(rung('none').outcome, 'passed')
  assert.match(rung('none').notes.join(' '), /old fails without the patch too/)
  assert.equal(rung('suite').outcome, 'failed')
})

test('what the base answers to samples is asked once for all reproducers of a harness', () => {
  const input = { kind: 'file', input: { digest: 'sha256:B', name: 'b', bytes: 9 } } as const
  const two = proof({
    reproducers: [FAKE_REPRODUCER, { ...FAKE_REPRODUCER, id: 'B', input }],
    patches: ['A', 'B'].map((id) => ({ id, input: { digest: 'sha256:patch', name: 'p.diff', bytes: 9 }, fixes: [id] })),
  })
  const world = { target: (text: string, tree: string) => (tree.includes('+') ? said(text) : base(text)) }
  const inputs = new Map([...INPUTS, ['sha256:B', 'say 5\nname BBBBBBBBBBBBBBBBBB\n']])
  const { runs } = talk(validate(two, FAKE_TOOLS), world, inputs)
  const given = (purpose: string) =>
    runs
      .filter((run) => run.purpose === purpose)
      .flatMap((run) => run.files.map(({ bytes }) => new TextDecoder().decode(bytes)))
      .filter((text) => text === INPUTS.get('sha256:good')).length
  assert.deepEqual(
    ['samples on the base', 'samples on the base, again', 'same inputs on the patched build'].map(given),
    [1, 1, 2],
  )
})

test('the same proof asks for the same runs', () => {
  const asked = () => {
    const world = { target: (input: string, tree: string) => (tree.includes('+') ? said(input) : base(input)) }
    return talk(validate(proof({ reproducers: [FAKE_REPRODUCER] }), FAKE_TOOLS), world, INPUTS).runs.map((run) => [
      run.purpose,
      run.files,
    ])
  }
  assert.deepEqual(asked(), asked())
})
