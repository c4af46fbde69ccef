import { type Asking, ask, type Ran, type RunAsk } from '../ask.ts'
import type { Built } from '../build/build.ts'
import { buildEnv, COMPILERS } from '../build/build-env.ts'
import { STOPPED } from '../build/build-log.ts'
import { COPY_TREE } from '../build/built.ts'
import type { Proof } from '../proof.ts'
import type { TestCommand } from '../recipe.ts'
import { inertLine, textOf } from './inert.ts'
import { GIVEN_TREE, TREE } from './places.ts'
import { buildLimits } from './run-limits.ts'

export interface TestResult {
  readonly name: string
  readonly passed: boolean
  readonly say: string
}

/** Runs the project's own tests, each in a sandbox of its own with a writable copy of the built tree. */
export function* runTests(proof: Proof, built: Built, purpose: string): Asking<TestResult[]> {
  const entry = built.entry
  if (entry === null || proof.recipe.tests.length === 0) return []
  const runs = yield* ask({ ask: 'runs', runs: proof.recipe.tests.map((test) => testAsk(proof, entry, test, purpose)) })
  return runs.map((ran, i) => resultOf(proof.recipe.tests[i]!, ran))
}

function testAsk(proof: Proof, entry: string, test: TestCommand, purpose: string): RunAsk {
  const limits = buildLimits(proof.recipe)
  return {
    ask: 'run',
    purpose: `${purpose}, test ${test.name}`,
    image: proof.recipe.image,
    mounts: [{ entry, at: GIVEN_TREE }],
    files: [],
    argv: ['sh', '-eu', '-c', `${COPY_TREE}\n${COMPILERS}\ncd ${TREE}\n${test.run}`],
    env: buildEnv(proof.recipe),
    cwd: '/work',
    stdin: null,
    limits: { ...limits, wallMs: Math.min(limits.wallMs, test.wallMs ?? limits.wallMs) },
    network: test.network ?? 'none',
    get: [],
    keep: null,
  }
}

function resultOf(test: TestCommand, ran: Ran): TestResult {
  if (ran.end.how !== 'ended')
    return { name: test.name, passed: false, say: `Ended by ${STOPPED[ran.end.how] ?? ran.end.how}.` }
  if (ran.end.exit === 0) return { name: test.name, passed: true, say: 'Passed.' }
  const how = ran.end.signal ?? `exit code ${ran.end.exit}`
  const lines = `${textOf(ran.stdout, 64 * 1024)}\n${textOf(ran.stderr, 64 * 1024)}`
    .split('\n')
    .filter((line) => line.trim() !== '')
  const last = inertLine(lines.slice(-3).join(' · '), 300)
  return { name: test.name, passed: false, say: last === '' ? `Failed with ${how}.` : `Failed with ${how}: ${last}` }
}
