import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  asanLog,
  FAKE_RECIPE,
  FAKE_REPRODUCER,
  FAKE_TOOLS,
  type FakeRun,
  type FakeWorld,
  fakeProof,
  talk,
} from '../../devkit/fake-runs.ts'
import type { Claim, Oracle, Proof } from './proof.ts'
import type { Harness } from './recipe.ts'
import { validate } from './validate.ts'
import type { Verdict } from './verdict.ts'

const NOTHING_CLAIMED: Claim = { tool: null, kind: null, symbol: null, path: null, cwe: null }
const OVERFLOW: FakeRun = { exit: 77, stderr: asanLog('heap-buffer-overflow', ['parse_name', 'parse', 'main']) }
const FREED: FakeRun = { exit: 77, stderr: asanLog('heap-use-after-free', ['drop', 'close_all', 'main']) }
const INPUTS = new Map([
  ['sha256:A', 'BAD'],
  ['sha256:good', 'good'],
])
const onBad = (run: FakeRun) => (input: string) => (input === 'BAD' ? run : {})

/** Something else each time it is run on the bad input, from run to run. */
function inTurn(...runs: readonly FakeRun[]): FakeWorld['target'] {
  let n = 0
  return (input) => (input === 'BAD' ? runs[n++ % runs.length]! : {})
}

interface Case {
  readonly world: FakeWorld
  readonly claim?: Partial<Claim>
  readonly oracle?: Oracle
  readonly harness?: Harness
  readonly proof?: Partial<Proof>
}

function verdictOf({ world, claim, oracle, harness, proof }: Case) {
  const reproducer = { ...FAKE_REPRODUCER, claim: { ...NOTHING_CLAIMED, ...claim }, oracle: oracle ?? FAKE_REPRODUCER.oracle }
  const recipe = harness === undefined ? FAKE_RECIPE : { ...FAKE_RECIPE, harnesses: [harness] }
  const asked = fakeProof({ reproducers: [reproducer], recipe, ...proof })
  return talk(validate(asked, FAKE_TOOLS), world, INPUTS).value.reproducers[0]!
}

const FUZZER: Harness = { name: 'demo', kind: 'libfuzzer', run: ['/work/src/demo'] }
const SCRIPT: Harness = { name: 'demo', kind: 'script', run: ['python3', '@@'] }
const SERVER: Harness = { name: 'demo', kind: 'server', run: ['/work/src/demo'], port: 8080, readyMs: 500, stop: 'SIGTERM' }
const raised = (path: string): FakeRun => ({
  exit: 1,
  stderr: `Traceback (most recent call last):\n  File "${path}", line 3, in service\n    x()\nValueError: no\n`,
})
const GOOD = [
  { harness: 'demo', input: { kind: 'file', input: { digest: 'sha256:good', name: 'good.bin', bytes: 4 } } },
] as const

const TABLE: readonly (readonly [string, Verdict, Case])[] = [
  ['it fires each time', 'confirmed', { world: { target: onBad(OVERFLOW) } }],
  [
    'it fires as claimed',
    'confirmed',
    {
      world: { target: onBad(OVERFLOW) },
      claim: { tool: 'asan', kind: 'heap-buffer-overflow', symbol: 'parse_name', path: 'demo.c' },
    },
  ],
  ['a signal is enough without a report', 'confirmed', { world: { target: onBad({ signal: 'SIGSEGV' }) } }],
  ['it fires now and then', 'flaky', { world: { target: inTurn(OVERFLOW, {}, {}) } }],
  ['it never fires', 'not-reproduced', { world: { target: () => ({}) } }],
  ['an error is no crash', 'not-reproduced', { world: { target: onBad({ exit: 1, stderr: 'bad input\n' }) } }],
  [
    'a report that the program only repeats is none',
    'not-reproduced',
    { world: { target: onBad({ exit: 0, stderr: OVERFLOW.stderr! }) } },
  ],
  ['SIGKILL is the doing of others', 'not-reproduced', { world: { target: onBad({ signal: 'SIGKILL' }) } }],
  ['another kind than claimed', 'different-bug', { world: { target: onBad(FREED) }, claim: { kind: 'heap-buffer-overflow' } }],
  ['another function than claimed', 'different-bug', { world: { target: onBad(OVERFLOW) }, claim: { symbol: 'render' } }],
  ['another sanitizer than claimed', 'different-bug', { world: { target: onBad(OVERFLOW) }, claim: { tool: 'msan' } }],
  [
    'only the fuzz target is in the stack',
    'harness-only',
    { world: { target: onBad({ exit: 77, stderr: asanLog('SEGV', ['LLVMFuzzerTestOneInput', 'main']) }) }, harness: FUZZER },
  ],
  [
    'a hook of the fuzzer that the target called',
    'confirmed',
    {
      world: {
        target: onBad({
          exit: 77,
          stderr: asanLog('SEGV', ['fuzzer::TracePC::AddValueForMemcmp', 'bcmp', 'find_tag', 'LLVMFuzzerTestOneInput', 'main']),
        }),
      },
      harness: FUZZER,
    },
  ],
  [
    'the main of a command is the target',
    'confirmed',
    { world: { target: onBad({ exit: 77, stderr: asanLog('SEGV', ['main']) }) } },
  ],
  ['a script that only raises in itself', 'harness-only', { world: { target: onBad(raised('/in/input')) }, harness: SCRIPT }],
  [
    'a script that makes the target raise',
    'confirmed',
    { world: { target: onBad(raised('/work/src/lib.py')) }, harness: SCRIPT },
  ],
  ['everything crashes, also nothing', 'environment-failure', { world: { target: () => OVERFLOW } }],
  [
    'nothing at all crashes, elsewhere',
    'environment-failure',
    { world: { target: (input) => (input === '' ? FREED : input === 'BAD' ? OVERFLOW : {}) } },
  ],
  [
    'a benign sample crashes',
    'environment-failure',
    { world: { target: (input) => (input === '' ? {} : OVERFLOW) }, proof: { benign: GOOD } },
  ],
  [
    'a sample of the tree crashes',
    'environment-failure',
    {
      world: { target: (input) => (input === '' ? {} : OVERFLOW), inTree: { 'tests/one.bin': 'tree' } },
      proof: { recipe: { ...FAKE_RECIPE, benign: ['tests'] } },
    },
  ],
  [
    'it fired before the flaw was there',
    'environment-failure',
    {
      world: { target: onBad(OVERFLOW) },
      proof: { target: { ...fakeProof().target, introducedAfter: 'abc' } },
    },
  ],
  ['the harness cannot be started', 'environment-failure', { world: { target: () => ({ exit: 127 }) } }],
  ['the server never listens', 'environment-failure', { world: { target: () => ({ isReady: false }) }, harness: SERVER }],
  [
    'a process of a server that lives on crashed',
    'confirmed',
    { world: { target: onBad({ logs: OVERFLOW.stderr! }) }, harness: SERVER },
  ],
  [
    'a server that only logs what it was sent',
    'not-reproduced',
    { world: { target: onBad({ stderr: OVERFLOW.stderr! }) }, harness: SERVER },
  ],
  ['it runs out of time', 'resource-exhaustion', { world: { target: onBad({ stopped: 'wall-time' }) } }],
  ['it runs out of memory', 'resource-exhaustion', { world: { target: onBad({ stopped: 'memory' }) } }],
  [
    'a fuzzer that ends itself for time',
    'resource-exhaustion',
    { world: { target: onBad({ exit: 70, stderr: '==7==ERROR: libFuzzer: timeout after 25 seconds\n' }) }, harness: FUZZER },
  ],
  ['hanging is the claim', 'confirmed', { world: { target: onBad({ stopped: 'wall-time' }) }, claim: { kind: 'timeout' } }],
  [
    'memory without bound is the claim',
    'confirmed',
    { world: { target: onBad({ stopped: 'memory' }) }, claim: { kind: 'out-of-memory' } },
  ],
  ['it does not build', 'did-not-build', { world: { target: onBad(OVERFLOW), builds: () => false } }],
  ['an exit code is the sign', 'confirmed', { world: { target: onBad({ exit: 3 }) }, oracle: { kind: 'exit', code: 3 } }],
  [
    'the exit code of every input is no sign',
    'environment-failure',
    { world: { target: () => ({ exit: 3 }) }, oracle: { kind: 'exit', code: 3 }, proof: { benign: GOOD } },
  ],
  [
    'words are the sign',
    'confirmed',
    { world: { target: onBad({ stdout: 'uid=0' }) }, oracle: { kind: 'output', contains: 'uid=0' } },
  ],
  [
    'a file is the sign',
    'confirmed',
    { world: { target: onBad({ fileThere: true }) }, oracle: { kind: 'file', path: '/tmp/owned' } },
  ],
  [
    'a file that is always there is no sign',
    'environment-failure',
    { world: { target: () => ({ fileThere: true }) }, oracle: { kind: 'file', path: '/tmp/owned' } },
  ],
]

for (const [says, verdict, given] of TABLE) {
  test(`${verdict}: ${says}`, () => {
    const found = verdictOf(given)
    assert.equal(found.verdict, verdict, found.say)
    assert.ok(found.say.length > 10, found.say)
  })
}

test('the sentence has the figures, the sighting its kind, weakness and state', () => {
  const found = verdictOf({ world: { target: onBad(OVERFLOW) } })
  assert.equal(found.say, 'Fired 5 of 5 times: heap-buffer-overflow in parse_name.')
  assert.deepEqual(found.seen?.state, ['parse_name', 'parse'])
  assert.equal(found.cwe, 'CWE-787')
  assert.equal(found.controls[0]?.outcome, 'silent')
})

test('an input that hits two bugs in turn is told apart and no more than flaky', () => {
  const found = verdictOf({ world: { target: inTurn(OVERFLOW, OVERFLOW, FREED) } })
  assert.equal(found.verdict, 'flaky')
  assert.equal(found.fired, 4)
  assert.deepEqual(found.alsoMet, [['drop', 'close_all']])
})

test('an input that hits two bugs in one run is confirmed for the claimed one and names the other', () => {
  const logs = `${asanLog('heap-use-after-free', ['drop', 'close_all', 'main'], 8)}${OVERFLOW.stderr}`
  const found = verdictOf({ world: { target: onBad({ logs }) }, harness: SERVER, claim: { symbol: 'parse_name' } })
  assert.equal(found.verdict, 'confirmed')
  assert.deepEqual(found.seen?.state, ['parse_name', 'parse'])
  assert.deepEqual(found.alsoMet, [['drop', 'close_all']])
})

test('a larger overrun that ends in a wild address is still the claimed bug where the function is claimed too', () => {
  const wild: FakeRun = { exit: 77, stderr: asanLog('SEGV', ['parse_name', 'main']) }
  const claim = { kind: 'heap-buffer-overflow' }
  assert.equal(verdictOf({ world: { target: onBad(wild) }, claim: { ...claim, symbol: 'parse_name' } }).verdict, 'confirmed')
  assert.equal(verdictOf({ world: { target: onBad(wild) }, claim }).verdict, 'different-bug')
})

test('equal proofs ask the same questions, and a build made before is found', () => {
  const world = { target: onBad(OVERFLOW) }
  const asksOf = () => JSON.stringify(talk(validate(fakeProof(), FAKE_TOOLS), world, INPUTS).asks)
  assert.equal(asksOf(), asksOf())
  const { value } = talk(validate(fakeProof(), FAKE_TOOLS), world, INPUTS)
  assert.equal(value.tier?.tier, 'namespace')
  assert.deepEqual(
    value.builds.map((one) => one.of),
    ['base'],
  )
})

test('every run asks only for what lies where strangers may write, and mounts below what is kept for it', () => {
  const settings = { ...fakeProof().settings, minimiseRuns: 40, rangeBuilds: 4 }
  const hostile = { digest: 'sha256:good', name: '../../etc/passwd', bytes: 4 }
  const reproducers = [{ ...FAKE_REPRODUCER, files: [hostile] }]
  const benign = GOOD
  for (const harness of [FUZZER, SCRIPT, SERVER, { ...FUZZER, writable: true }]) {
    const recipe = { ...FAKE_RECIPE, harnesses: [harness], benign: ['tests'] }
    const proof = fakeProof({ recipe, reproducers, benign, settings, tasks: ['reproduce', 'minimise', 'range'] })
    const world = { target: (input: string) => (input.includes('B') ? OVERFLOW : {}), history: ['a', 'b', 'c'] }
    const { runs } = talk(validate(proof, FAKE_TOOLS), world, INPUTS)
    assert.ok(runs.length > 5)
    for (const run of runs) {
      for (const { path } of run.files) assert.match(path, /^\/in\/(?!.*(?:^|\/)\.\.?(?:\/|$))[^\0]+$/)
      for (const { at } of run.mounts) assert.ok(at === '/work/src' || at === '/src/tree', at)
      for (const path of run.get) assert.match(path, /^\/out\//)
      if (run.keep) assert.equal(run.keep.path, '/work/src')
      if (run.keep) assert.match(run.keep.entry, /^[a-z0-9][a-z0-9-]{0,99}$/)
      assert.equal(run.network, harness.kind === 'server' && run.argv[0] === '/weir/node' ? 'own-loopback' : 'none')
    }
  }
})
