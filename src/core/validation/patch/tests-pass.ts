import type { Asking } from '../ask.ts'
import type { PatchedBuild } from '../build/build.ts'
import type { RungResult } from '../ladder.ts'
import { runTests, type TestResult } from '../run/tests.ts'
import type { PatchGround } from '../validate-ground.ts'
import { rungResult } from './standing.ts'

// The base does not change between patches of one ground.
const ON_BASE = new WeakMap<PatchGround, readonly TestResult[]>()

/** The project's own tests: those that pass on the base must pass on the patched build. */
export function* testsPass(ground: PatchGround, built: PatchedBuild): Asking<RungResult> {
  if (ground.proof.recipe.tests.length === 0) return rungResult('tests', 'not-possible', 'The recipe names no tests.')
  const before = ON_BASE.get(ground) ?? (yield* runTests(ground.proof, ground.base, 'tests on the base'))
  ON_BASE.set(ground, before)
  const counted = new Set(before.filter(({ passed }) => passed).map(({ name }) => name))
  const aside = before
    .filter(({ passed }) => !passed)
    .map(({ name }) => `${name} fails without the patch too; it is not counted.`)
  if (counted.size === 0) return rungResult('tests', 'not-possible', 'No test passes even without the patch.', aside)
  const after = yield* runTests(ground.proof, built, 'tests on the patched build')
  const broken = after.filter(({ name, passed }) => counted.has(name) && !passed)
  if (broken.length > 0) {
    const say = `${broken.length} of ${counted.size} tests that passed before fail: ${broken[0]!.name}.`
    return rungResult('tests', 'failed', say, [...broken.map((test) => `${test.name}: ${test.say}`), ...aside])
  }
  return rungResult('tests', 'passed', `${counted.size} of ${counted.size} tests that passed before still pass.`, aside)
}
