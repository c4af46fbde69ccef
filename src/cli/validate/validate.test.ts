import assert from 'node:assert/strict'
import { generateKeyPairSync, sign } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import type { Outcome } from '../../core/validation/outcome.ts'
import { exitOfOutcome } from '../commands/validate.ts'
import { tierChecks } from '../doctor/sandboxes.ts'
import type { Stop } from '../exit.ts'
import { inkFor } from '../text/ink.ts'
import { isAdHoc, withAdHoc } from './ad-hoc.ts'
import { outcomeLines } from './outcome-lines.ts'
import { readRunnerLine } from './runner-process.ts'
import { keyId, openStatement, publicKey, signedBy } from './verify-statement.ts'

const OUTCOME = {
  tier: null,
  builds: [{ of: 'patch:bad', built: false, say: 'error: \x1b[31mno', tree: null, fromCache: false, wallMs: 1 }],
  reproducers: [
    {
      reproducer: 'A',
      verdict: 'confirmed',
      say: 'Fired 5 of 5 times.',
      fired: 5,
      of: 5,
      sightings: [],
      controls: [{ control: 'empty-input', name: 'empty', outcome: 'fired', say: 'it fired' }],
      seen: { type: 'heap-buffer-overflow', state: ['copy_name', 'main'] },
      alsoMet: [['SEGV', 'other']],
      cwe: 'CWE-787',
    },
  ],
  patches: [
    {
      patch: 'right',
      digest: 'x',
      standing: 'rejected',
      say: 'Rejected.',
      rungs: [
        { rung: 'applies', outcome: 'passed', say: 'Applies.', notes: [] },
        { rung: 'differential', outcome: 'failed', say: 'Answers differ.', notes: ['a', 'b', 'c', 'd', 'e'] },
      ],
    },
  ],
  matrix: {
    cells: [
      { patch: 'p', reproducer: 'A', outcome: 'silent', fired: 0, of: 3, say: '' },
      { patch: 'p', reproducer: 'B', outcome: 'fires', fired: 3, of: 3, say: '' },
      { patch: 'q', reproducer: 'B', outcome: 'other', fired: 3, of: 3, say: '' },
    ],
    relations: [
      { a: 'A', b: 'B', relation: 'a-covers-b', say: 'one way only.' },
      { a: 'A', b: 'C', relation: 'apart', say: 'never told' },
    ],
  },
  minimised: [{ reproducer: 'A', before: 9, after: 2, runs: 4, minimised: 'x', say: '9 bytes became 2.' }],
  ranges: [],
} as unknown as Outcome

test('an outcome reads without colour, in 80 columns, and is inert', () => {
  const lines = outcomeLines(OUTCOME, inkFor({}, {}))
  const text = lines.join('\n')
  assert.ok(
    lines.every((line) => line.length <= 80),
    lines.find((line) => line.length > 80),
  )
  assert.doesNotMatch(text, /\x1b/)
  for (const part of [
    /^did not build {2}patch:bad$/m,
    /^A +confirmed +5 of 5 +heap-buffer-overflow in copy_name +CWE-787$/m,
    /Control empty: it fired/,
    /Also met: SEGV < other/,
    /^ {2}differential +FAILED +Answers differ\.$/m,
    /- 2 more: --json or --out has them/,
    /^patch {2}A {2}B$/m,
    /^p {6}# {2}\.$/m,
    /^q {9}!$/m,
    /^A covers B: one way only\.$/m,
    /9 bytes became 2\./,
  ])
    assert.match(text, part)
  assert.doesNotMatch(text, /never told/)
})

test('only what is proved whole ends with 0', () => {
  const one = OUTCOME.reproducers[0]!
  const patch = OUTCOME.patches[0]!
  const exit = (verdict: string, standing: string) =>
    exitOfOutcome({ ...OUTCOME, reproducers: [{ ...one, verdict }], patches: [{ ...patch, standing }] } as unknown as Outcome)
  assert.deepEqual(
    [exit('confirmed', 'validated'), exit('flaky', 'validated'), exit('confirmed', 'stops-the-reproducer')],
    [0, 1, 1],
  )
})

test('only lines of the protocol are read from a runner', () => {
  assert.equal(readRunnerLine('{"event":"ready","key":"k"}')?.event, 'ready')
  for (const text of ['', 'x', 'null', '[]', '{"event":7}', '{"event":"other"}']) assert.equal(readRunnerLine(text), null)
})

test('doctor lacks something only where no sandbox is there', () => {
  const tier = { tier: 'namespace', says: 'x', memory: 'watched' } as const
  const lack = { tier: 'gvisor', say: 'no runsc', mend: 'install it' } as const
  const states = (here: (typeof tier)[]) => tierChecks({ event: 'tiers', here, lacking: [lack] }).map(({ state }) => state)
  assert.deepEqual([states([tier]), states([])], [['ok', 'note'], ['missing']])
})

describe('words and files of validate', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-cli-validate-'))
  after(() => rmSync(folder, { recursive: true }))
  const file = (name: string, content: unknown) => {
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
    return join(folder, name)
  }

  test('words instead of a proof file become one, with absolute paths, for as long as it is needed', async () => {
    const recipe = file('recipe.json', {})
    let path = ''
    const given = { target: folder, recipe, reproducer: ['/a', '/b'], harness: 'h', patch: ['/x y.diff'] }
    const proof = await withAdHoc(given, async (written) => {
      path = written
      return JSON.parse(readFileSync(written, 'utf8'))
    })
    assert.equal(proof.target.source, folder)
    assert.deepEqual(proof.reproducers, [
      { id: 'A', harness: 'h', file: '/a' },
      { id: 'B', harness: 'h', file: '/b' },
    ])
    assert.deepEqual(proof.patches, [{ id: '1-x_y.diff', file: '/x y.diff', fixes: ['A', 'B'] }])
    assert.throws(() => readFileSync(path))
    assert.deepEqual([isAdHoc({}), isAdHoc({ patch: ['x'] })], [false, true])
    await assert.rejects(
      withAdHoc({ recipe }, async () => {}),
      { exit: 2 },
    )
  })

  test('a signature holds by its key alone', () => {
    const { privateKey, publicKey: key } = generateKeyPairSync('ed25519')
    const payload = JSON.stringify({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [],
      predicateType: 'urn:weir:validation:1',
      predicate: {
        asked: {},
        environment: { toolchain: {} },
        outcome: { builds: [], reproducers: [], patches: [], minimised: [], ranges: [] },
        varying: {},
      },
    })
    const type = 'application/vnd.in-toto+json'
    const sig = sign(null, Buffer.from(`DSSEv1 ${type.length} ${type} ${payload.length} ${payload}`), privateKey)
    const envelope = (change = {}) => ({
      payloadType: type,
      payload: Buffer.from(payload).toString('base64'),
      signatures: [{ keyid: 'ab', sig: sig.toString('base64') }],
      ...change,
    })
    const good = openStatement(file('good.json', envelope()))
    const raw = Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64')
    for (const text of [raw, key.export({ type: 'spki', format: 'pem' }).toString()])
      assert.equal(signedBy(good.envelope, good.payload, publicKey(file('key', text))), keyId(key))
    const changed = Buffer.from(payload.replace('"subject"', '"subjecT"'))
    assert.equal(signedBy(good.envelope, changed, key), null)
    assert.equal(signedBy(good.envelope, good.payload, generateKeyPairSync('ed25519').publicKey), null)
    for (const bad of ['{', 'null', envelope({ payloadType: 'x' }), envelope({ payload: 'e30=' })])
      assert.throws(
        () => openStatement(file('bad', bad)),
        (error) => (error as Stop).exit === 2,
      )
    assert.throws(
      () => publicKey(file('key', 'nonsense')),
      (error) => (error as Stop).exit === 2,
    )
  })
})
