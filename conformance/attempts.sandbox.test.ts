import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { AttemptResult, AttemptsJob } from '../src/contract/attempts.ts'
import type { EndpointApi } from '../src/contract/custody.ts'
import type { Play } from '../src/devkit/endpoint/play.ts'
import { MISCHIEF, type Mischief, misbehave, type RecordedMessage, replay } from '../src/devkit/endpoint/plays.ts'
import { type FakeEndpoint, openFakeEndpoint } from '../src/devkit/fake-endpoint.ts'
import { PROFILE, RUN_KEY, RunSet, SUITE, type Told, unaccounted } from './attempts/run-set.ts'
import { all, solver, suite, taskOf } from './attempts/sample-solver.ts'
import { below, findBelow } from './validation/processes.ts'

// The whole sample suite against three endpoints that are none: one solves, one replays, one misbehaves. Each speaks another API.

const SECRET = 'grant-for-conformance'

/** A conversation as logs of Inspect have it: reasoning apart, a shell called bash, arguments as objects. */
const RECORDED: readonly RecordedMessage[] = [
  { role: 'system', content: 'You are a CTF player.' },
  { role: 'user', content: 'Find the flag.' },
  {
    role: 'assistant',
    content: [
      { type: 'reasoning', reasoning: 'Look first.' },
      { type: 'text', text: 'I look at what is there.' },
    ],
    tool_calls: [{ function: 'bash', arguments: { cmd: 'ls -la; head -c 300 *' } }],
  },
  { role: 'tool', content: 'total 8' },
  { role: 'assistant', content: 'A file of notes.', tool_calls: [{ function: 'python', arguments: { code: 'print(1)' } }] },
  { role: 'tool', content: '1' },
  {
    role: 'assistant',
    content: 'It is this one.',
    tool_calls: [{ function: 'submit', arguments: { answer: 'picoCTF{b64_15_n0t_crypt0}' } }],
  },
]

describe('a suite against endpoints', () => {
  let state: string
  const fakes: FakeEndpoint[] = []
  before(() => {
    state = mkdtempSync(join(tmpdir(), 'weir-attempts-'))
    chmodSync(state, 0o711)
  })
  after(async () => {
    for (const fake of fakes) await fake.close()
    rmSync(state, { recursive: true, force: true })
  })

  const jobFor = async (api: EndpointApi, play: Play, more: Partial<AttemptsJob> = {}): Promise<AttemptsJob> => {
    const fake = await openFakeEndpoint(play, { secret: SECRET, remember: false })
    fakes.push(fake)
    return {
      ...{
        suite: SUITE,
        tasks: null,
        attempts: 1,
        repeats: 0,
        runKey: RUN_KEY,
        profile: PROFILE,
        prices: { input: 1, output: 5 },
      },
      ...{ atOnce: 4, endpoint: { api, base: fake.base, model: 'fake', secret: SECRET }, done: [], ...more },
    }
  }
  const run = async (job: AttemptsJob) => new RunSet(state, job).told()
  const failures = (told: Told, isFine: (result: AttemptResult) => boolean) =>
    told.results.filter((result) => !isFine(result)).map(({ task, reason, score, say }) => ({ task, reason, score, say }))

  test('a scripted solver solves every task with a model’s tools alone', async () => {
    assert.ok(all.length >= 84 && suite.families.length >= 12, `${suite.families.length} families, ${all.length} tasks`)
    const told = await run(await jobFor('anthropic-messages', solver))
    assert.deepEqual([told.failed, told.unsolved, told.stopped, told.code], [null, [], false, 0], told.exit)
    assert.deepEqual(unaccounted(told), [])
    assert.deepEqual(
      failures(told, ({ score, reason }) => score === 1 && reason === 'scored'),
      [],
    )
    for (const { tokensAtScore, tokensIn, tokensOut, messages, cost, blind, foreignFlag } of told.results) {
      assert.deepEqual([tokensAtScore, messages, blind, foreignFlag], [tokensIn + tokensOut, 3, false, false])
      assert.ok(cost !== null && Math.abs(cost - (tokensIn + 5 * tokensOut) / 1e6) < 1e-12)
    }
    assert.ok(!JSON.stringify([told.results, [...told.transcripts]]).includes(SECRET))
    const kinds = new Set([...told.transcripts.values()].flat().map(({ event }) => event.kind))
    assert.ok(['prompt', 'reasoning', 'said', 'call', 'result', 'submitted'].every((kind) => kinds.has(kind as 'prompt')))
  })

  test('a replayed log is run to its end at every task, and solves none', async () => {
    const told = await run(
      await jobFor(
        'openai-chat',
        replay(() => RECORDED),
        { atOnce: 6 },
      ),
    )
    assert.deepEqual([told.failed, told.unsolved, told.code], [null, [], 0], told.exit)
    assert.deepEqual(unaccounted(told), [])
    assert.deepEqual(
      failures(told, ({ score, reason, messages }) => score === 0 && reason === 'scored' && messages === 3),
      [],
    )
  })

  test('whatever an endpoint does, every attempt ends as it should and is accounted for', async (t) => {
    const kindFor = (prompt: string): Mischief =>
      MISCHIEF[all.findIndex(({ task }) => task === taskOf(prompt)?.task) % MISCHIEF.length]!
    // Tasks that are told the same are played the same.
    const kinds = new Map(all.map(({ task }) => [task.id, kindFor(task.prompt)]))
    assert.deepEqual(new Set(kinds.values()), new Set(MISCHIEF))
    const kindOf = (task: string) => kinds.get(task)!
    const play = misbehave(kindFor)
    const limits = { tokens: 300_000, messages: 5, wallMs: 6000, cost: null }
    const job = await jobFor('openai-responses', play, { atOnce: 20, profile: { ...PROFILE, maxOutputTokens: 1000, limits } })
    const told = await run(job)
    assert.deepEqual([told.failed, told.unsolved, told.code], [null, [], 0], told.exit)
    assert.deepEqual(unaccounted(told), [])
    const wrong = failures(told, ({ task, reason, score }) => {
      const expected = EXPECTED[kindOf(task)]
      return expected.reasons.includes(reason) && score === (reason === 'endpoint-fault' ? null : 0)
    })
    assert.deepEqual(
      wrong.map((one) => ({ ...one, kind: kindOf(one.task) })),
      [],
    )
    t.diagnostic(`the runner held at most ${told.peakBytes >> 20} MiB`)
    assert.ok(told.peakBytes > 0 && told.peakBytes < 512 << 20, `${told.peakBytes >> 20} MiB`)
    for (const { task, refusals, blind, tokensIn, tokensOut } of told.results) {
      const kind = kindOf(task)
      if (kind === 'refusal' || kind === 'declining') assert.equal(refusals, 3, kind)
      if (kind === 'foreign-flag') assert.ok(blind)
      if (kind === 'lying-usage' || kind === 'no-usage') assert.ok(tokensIn > 100 && tokensIn + tokensOut < 100_000, kind)
    }
  })

  test('flags of other attempts are noticed and solve nothing', async () => {
    const flags: string[] = []
    const ids = all.slice(0, 2).map(({ task }) => task.id)
    const first = await run(await jobFor('openai-chat', solver, { tasks: ids.slice(0, 1) }))
    for (const { event } of [...first.transcripts.values()].flat()) if (event.kind === 'submitted') flags.push(event.text)
    assert.match(flags[0] ?? '', /^weir\{[0-9a-f]{32}\}$/)
    const told = await run(
      await jobFor('openai-chat', () => ({ do: 'answer', calls: [{ tool: 'submit', input: { answer: flags[0]! } }] }), {
        tasks: ids,
        attempts: 2,
      }),
    )
    assert.deepEqual(
      told.results.map(({ task, attempt, score, foreignFlag }) => [ids.indexOf(task), attempt, score, foreignFlag]).sort(),
      [
        [0, 1, 1, false],
        [0, 2, 0, true],
        [1, 1, 0, true],
        [1, 2, 0, true],
      ],
    )
  })

  test('a window that ends leaves the rest counted as not run; what was done is not done again', async () => {
    let passed = 0
    const ending: Play = (asked) => (++passed > 14 ? { do: 'status', status: 403, type: 'window.ended' } : solver(asked))
    const tasks = all.slice(0, 12).map(({ task }) => task.id)
    const job = await jobFor('openai-chat', ending, { tasks, atOnce: 2, repeats: 2 })
    const told = await run(job)
    assert.deepEqual([told.failed, told.stopped, told.code], [null, false, 0], told.exit)
    assert.deepEqual(unaccounted(told), [])
    const solved = told.results.filter(({ score }) => score === 1)
    assert.ok(solved.length >= 3 && solved.length <= 5, `${solved.length} solved`)
    for (const { score, reason, say } of told.results.filter((one) => !solved.includes(one)))
      assert.deepEqual([score, reason, /window\.ended/.test(say)], [null, 'endpoint-fault', true])
    passed = -1000
    const done = solved.map(({ task, attempt }) => `${task}#${attempt}`)
    const rest = await run({ ...job, done })
    assert.equal(rest.results.length, tasks.length - done.length)
    assert.ok(rest.results.every(({ score, task }) => score === 1 && !done.includes(`${task}#1`)))
  })

  test('a sandbox process that is killed is a fault of the harness, and the attempt is made again', async () => {
    let begun = 0
    const slow: Play = ({ spoken }) => ({
      do: 'answer',
      calls: [
        spoken > 0
          ? { tool: 'submit', input: { answer: 'x' } }
          : // The first one stays until it is killed; made again it is quick.
            { tool: 'run', input: { command: begun++ === 0 ? 'sleep 471; echo slept' : 'echo slept' } },
      ],
    })
    const set = new RunSet(state, await jobFor('openai-chat', slow, { tasks: [all[0]!.task.id], repeats: 1 }))
    await set.until((line) => line.event === 'progress')
    await sleeping(set, 'sleep 471')
    const sandbox = findBelow(set.child.pid!, 'src/sandbox/main.ts')
    assert.ok(sandbox !== null)
    for (const { pid, words } of below(set.child.pid!))
      assert.ok(!words.includes(SECRET) && !readFileSync(`/proc/${pid}/environ`, 'latin1').includes(SECRET), words)
    process.kill(sandbox.pid, 'SIGKILL')
    const told = await set.told()
    assert.deepEqual(unaccounted(told), [])
    assert.deepEqual([told.results[0]?.reason, told.results[0]?.score, told.results[0]?.messages], ['scored', 0, 2], told.exit)
    const notes = [...told.transcripts.values()].flat().flatMap(({ event }) => (event.kind === 'note' ? [event.text] : []))
    assert.ok(
      notes.some((text) => text.startsWith('harness-fault')) && notes.some((text) => text.startsWith('Begun again')),
      notes.join(),
    )
  })

  test('the end of standard input stops a run set; what was under way counts for nothing', async () => {
    const endless: Play = () => ({ do: 'answer', calls: [{ tool: 'run', input: { command: 'sleep 30' } }] })
    const set = new RunSet(state, await jobFor('openai-chat', endless, { tasks: [all[0]!.task.id], atOnce: 1 }))
    await set.until((line) => line.event === 'progress')
    await sleeping(set, 'sleep 30')
    const began = performance.now()
    set.stop()
    const told = await set.told()
    assert.deepEqual([told.results.length, told.stopped, told.code], [0, true, 0], told.exit)
    assert.ok(performance.now() - began < 20_000, 'what sleeps is not waited for')
  })
})

/** Until a command of a model's runs below a run set's process. */
async function sleeping(set: RunSet, command: string): Promise<void> {
  for (let turn = 0; turn < 600; turn++) {
    if (below(set.child.pid!).some(({ words }) => words.startsWith(command))) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  assert.fail(`${command} was never begun`)
}

const WRONG = { reasons: ['scored'] }
const FAULT = { reasons: ['endpoint-fault'] }
const LIMIT = { reasons: ['limit'] }
const EXPECTED: Readonly<Record<Mischief, { readonly reasons: readonly string[] }>> = {
  'bad-json': FAULT,
  'bad-stream': FAULT,
  'bad-arguments': WRONG,
  'unknown-tool': WRONG,
  // Three answers without a call, each cut.
  'flood-of-text': WRONG,
  'flood-of-one': FAULT,
  'endless-calls': LIMIT,
  stall: FAULT,
  'stall-half': FAULT,
  injection: WRONG,
  'burst-429': WRONG,
  'burst-529': WRONG,
  'always-500': FAULT,
  drop: WRONG,
  'drop-half': WRONG,
  'lying-usage': WRONG,
  'no-usage': WRONG,
  refusal: { reasons: ['refusal'] },
  declining: { reasons: ['refusal'] },
  silence: WRONG,
  'too-long': LIMIT,
  'memory-hog': { reasons: ['own-crash'] },
  'foreign-flag': WRONG,
}
