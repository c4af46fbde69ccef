import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createHash, createPublicKey, verify } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import type { Outcome } from '../../core/validation/outcome.ts'
import { PROOF_VERSION, type Proof, SETTINGS } from '../../core/validation/proof.ts'
import { RECIPE_VERSION } from '../../core/validation/recipe.ts'
import { FAKE_TIER } from '../../devkit/fake-sandbox.ts'
import { assemble, type Facts } from './assemble.ts'
import { openKey } from './key.ts'
import { signStatement } from './sign.ts'
import { readToolchain } from './toolchain.ts'

const input = (name: string) => ({ digest: `sha256:${createHash('sha256').update(name).digest('hex')}`, name, bytes: 1 })
const PROOF: Proof = {
  version: PROOF_VERSION,
  target: { name: 'pkg:generic/x@1', source: { kind: 'archive', input: input('src') }, introducedAfter: null },
  recipe: {
    version: RECIPE_VERSION,
    image: null,
    language: 'c',
    sanitizer: 'address',
    env: {},
    configure: [],
    build: [],
    harnesses: [{ name: 'h', kind: 'command', run: ['/work/src/h', '@@'] }],
    tests: [],
    benign: [],
    limits: { build: {}, run: { wallMs: 5000 } },
  },
  reproducers: [
    {
      id: 'A',
      harness: 'h',
      input: { kind: 'file', input: input('a') },
      files: [input('f')],
      oracle: { kind: 'crash' },
      claim: { tool: null, kind: null, symbol: null, path: null, cwe: null },
    },
  ],
  benign: [],
  patches: [{ id: 'p', input: input('p'), fixes: ['A'] }],
  tasks: ['reproduce'],
  settings: SETTINGS,
}
const OUTCOME: Outcome = {
  tier: FAKE_TIER,
  builds: [{ of: 'base', built: true, say: 'Built.', tree: 'aa', fromCache: false, wallMs: 123 }],
  reproducers: [],
  patches: [],
  matrix: null,
  minimised: [],
  ranges: [],
}
const FACTS: Facts = {
  tier: FAKE_TIER,
  toolchain: { digest: '00', says: ['cc: 12'] },
  sourceTree: null,
  normalisedLog: 'ab',
  rawLog: 'cd',
  startedAt: 0,
  endedAt: 1500,
  runner: 'k',
}

describe('a key of a runner', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-key-'))
  test('is made once, for its owner only, and signs what anyone can verify', () => {
    try {
      const path = join(folder, 'statement.key')
      const key = openKey(path)
      assert.equal(statSync(path).mode & 0o777, 0o600)
      assert.deepEqual([openKey(path).id, openKey(path).publicKey], [key.id, key.publicKey])
      const raw = Buffer.from(key.publicKey, 'base64')
      assert.equal(raw.length, 32)
      assert.equal(key.id, createHash('sha256').update(raw).digest('hex').slice(0, 32))

      const statement = assemble(PROOF, OUTCOME, FACTS)
      const { payloadType, payload, signatures } = signStatement(statement, key)
      // Computed apart from the code under test: the pre-authentication encoding by hand, the key from its raw bytes.
      const body = Buffer.from(payload, 'base64')
      const signed = Buffer.concat([Buffer.from(`DSSEv1 28 ${payloadType} ${body.length} `), body])
      const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw])
      const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' })
      const sig = Buffer.from(signatures[0]!.sig, 'base64')
      assert.equal(payloadType, 'application/vnd.in-toto+json')
      assert.equal(verify(null, signed, publicKey, sig), true)
      body[100]! ^= 1
      assert.equal(verify(null, Buffer.concat([signed.subarray(0, -body.length), body]), publicKey, sig), false)

      // And by another implementation, where there is one of a version that can.
      writeFileSync(join(folder, 'signed'), signed)
      writeFileSync(join(folder, 'sig'), sig)
      writeFileSync(join(folder, 'key.pem'), publicKey.export({ type: 'spki', format: 'pem' }))
      const words = ['pkeyutl', '-verify', '-pubin', '-inkey', 'key.pem', '-rawin', '-in', 'signed', '-sigfile', 'sig']
      const openssl = spawnSync('openssl', words, { cwd: folder, encoding: 'utf8' })
      if (openssl.error === undefined) assert.match(openssl.stdout + openssl.stderr, /Verified Successfully/)

      chmodSync(path, 0o644)
      assert.throws(() => openKey(path), { code: 'key.open-to-others' })
      chmodSync(path, 0o600)
      writeFileSync(path, 'nonsense')
      assert.throws(() => openKey(path), { code: 'key.unusable' })
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

test('a statement names every input by digest and holds nothing of one run alone', () => {
  const statement = assemble(PROOF, OUTCOME, FACTS)
  assert.deepEqual(
    statement.subject.map(({ name }) => name),
    ['source', 'recipe', 'reproducer A', 'reproducer A, f', 'patch p'],
  )
  assert.equal(statement.subject[2]?.digest.sha256, createHash('sha256').update('a').digest('hex'))
  assert.equal(statement.predicate.limits.run.wallMs, 5000)
  const again = assemble(
    PROOF,
    { ...OUTCOME, builds: [{ ...OUTCOME.builds[0]!, fromCache: true, wallMs: 0 }] },
    { ...FACTS, startedAt: 9, endedAt: 99, rawLog: 'ef', runner: 'other' },
  )
  const { varying: one, ...rest } = statement.predicate
  const { varying: other, ...same } = again.predicate
  assert.deepEqual(rest, same)
  assert.notDeepEqual(one, other)
})

test('what tools say of themselves is cut, counted and inert', () => {
  const say = (text: string) => readToolchain({ stdout: new TextEncoder().encode(text) } as never).says
  assert.deepEqual(say('cc: gcc 12\n\nlibc: \x1b[31m2.36\n'), ['cc: gcc 12', 'libc: ?[31m2.36'])
  assert.equal(say('x\n'.repeat(1000)).length, 30)
  assert.equal(say('y'.repeat(1000))[0]?.length, 200)
})
