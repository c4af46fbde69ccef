import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { VerbStage } from '../../devkit/verb-stage.ts'

const ESCAPE = '\u001b[31m'
const COMMIT = 'a'.repeat(40)
const SAID = ['--source', 'SECURITY.md', '--on', '2026-11-20']

describe('weir scan', () => {
  const asked: { method: string; url: string; body: unknown }[] = []
  let answer: unknown = {}
  const stage = new VerbStage('scan', ({ method, url, text }) => {
    asked.push({ method, url, body: text === '' ? null : JSON.parse(text) })
    return answer
  })
  const weir = (...words: string[]) => stage.run(...words)
  before(async () => await stage.open())
  after(() => stage.close())

  test('enters what a project says about scans: none, asked first, or set times over midnight', async () => {
    answer = { id: 'opt_1', target: 'pkg:npm/x' }
    const stated = { do: 'state', target: 'pkg:npm/x', source: 'SECURITY.md', on: '2026-11-20T00:00:00.000Z' }
    const times = { days: [1, 2, 3, 6], fromMinute: 1320, toMinute: 240 }
    for (const [words, says] of [
      [['--none'], { kind: 'no-scans' }],
      [['--ask-first'], { kind: 'with-consent' }],
      [['--only-at', '1-3,6 22:00-04:00'], { kind: 'only-at-times', times }],
    ] as const) {
      const ran = await weir('opt-out', 'pkg:npm/x', ...words, ...SAID)
      assert.deepEqual([ran.code, ran.out], [0, 'opt_1\n'], ran.err)
      assert.deepEqual(asked.pop(), { method: 'POST', url: '/v1/opt-outs', body: { ...stated, says } })
    }
  })

  test('enters where reports go, and takes either back by its id', async () => {
    answer = { id: 'rte_1' }
    const ran = await weir('route', 'pkg:npm/x', '--kind', 'mail', '--address', 'sec@x.example', ...SAID)
    assert.deepEqual([ran.code, ran.out], [0, 'rte_1\n'], ran.err)
    const { url, body } = asked.pop()!
    assert.deepEqual(
      [url, (body as { kind: string }).kind, (body as { address: string }).address],
      ['/v1/scan-routes', 'mail', 'sec@x.example'],
    )
    for (const [id, path] of [
      ['opt_1', '/v1/opt-outs'],
      ['rte_1', '/v1/scan-routes'],
    ] as const) {
      assert.equal((await weir('withdraw', id)).code, 0)
      assert.deepEqual(asked.pop(), { method: 'POST', url: path, body: { do: 'withdraw', id } })
    }
  })

  test('certifies a look that found nothing, and says what was signed', async () => {
    const statement = {
      subject: [{ digest: { gitCommit: COMMIT } }],
      predicate: { methods: ['fuzzing', `manual-audit${ESCAPE}`] },
    }
    const payload = Buffer.from(JSON.stringify(statement)).toString('base64')
    answer = { id: 'crt_1', target: `pkg:npm/x${ESCAPE}`, envelope: { payload } }
    const words = [
      '--commit',
      COMMIT,
      '--method',
      'fuzzing',
      'manual-audit',
      '--tool',
      '@scope/afl@4.2',
      '--machine-hours',
      '90',
    ]
    const ran = await weir('clean', 'pkg:npm/x', ...words, '--finished', '2026-11-20T12:00:00.000Z', '--unnamed')
    assert.deepEqual([ran.code, ran.out], [0, 'crt_1\n'], ran.err)
    assert.match(ran.err, /certified +pkg:npm\/x.* {2}aaaaaaaaaaa.* {2}fuzzing, manual-audit/)
    assert.deepEqual(asked.pop()?.body, {
      signed: 'here',
      target: 'pkg:npm/x',
      commit: COMMIT,
      path: null,
      weakness: null,
      methods: ['fuzzing', 'manual-audit'],
      tools: [{ name: '@scope/afl', version: '4.2' }],
      personHours: null,
      machineHours: 90,
      finishedAt: '2026-11-20T12:00:00.000Z',
      named: false,
    })
  })

  test('lists what stands, as a table and as lines, of one target where it is named', async () => {
    const says = { kind: 'only-at-times', times: { days: [6, 7], fromMinute: 0, toMinute: 720 } }
    answer = {
      rows: [{ id: 'opt_1', target: `pkg:npm/x${ESCAPE}`, says, source: 'SECURITY.md', on: '2026-11-20T00:00:00.000Z' }],
    }
    const opt = await weir('list', '--target', 'pkg:npm/x')
    assert.equal(asked.pop()?.url, '/v1/opt-outs?target=pkg%3Anpm%2Fx')
    assert.match(
      opt.out,
      /^ID +PROJECT +SAYS +WHERE +READ ON\nopt_1 .*bears scans on Sat Sun from 00:00 to 12:00 UTC.*2026-11-20\n$/,
    )
    answer = { rows: [{ id: 'rte_1', target: 'pkg:npm/x', kind: 'form', address: 'https://x.example' }] }
    assert.match((await weir('list', 'routes')).out, /rte_1 +pkg:npm\/x +form +https:\/\/x\.example/)
    answer = { rows: [{ id: 'crt_1', target: 'pkg:npm/x', by: null, at: '2026-11-20T12:00:00.000Z' }] }
    assert.match((await weir('list', 'certificates')).out, /crt_1 +pkg:npm\/x +unnamed +2026-11-20/)
    assert.equal(JSON.parse((await weir('list', 'certificates', '--json')).out).id, 'crt_1')
    answer = { rows: [] }
    assert.match((await weir('list')).err, /No project has said anything/)
  })

  test('wrong words are refused before anything is sent', async () => {
    const before = asked.length
    const wrong = [
      ['opt-out', 'pkg:npm/x', '--none', '--ask-first', ...SAID],
      ['opt-out', 'pkg:npm/x', '--only-at', '5-1 22:00-04:00', ...SAID],
      ['opt-out', 'pkg:npm/x', '--none', '--source', 'x', '--on', '2026-02-30'],
      ['route', 'pkg:npm/x', '--kind', 'post', '--address', 'x', ...SAID],
      ['clean', 'pkg:npm/x', '--commit', COMMIT],
      ['clean', 'pkg:npm/x', '--commit', COMMIT, '--method', 'fuzzing', '--tool', 'afl'],
      ['withdraw', 'clm_1'],
      ['list', 'claims'],
    ]
    const ran = await Promise.all(wrong.map((words) => weir(...words)))
    assert.deepEqual(
      ran.map(({ code }) => code),
      wrong.map(() => 2),
    )
    assert.equal(asked.length, before)
  })
})
