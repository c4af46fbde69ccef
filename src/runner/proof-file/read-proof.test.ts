import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import type { Failure } from '../failure.ts'
import { proofFileAt } from './parse-file.ts'
import { readProof } from './read-proof.ts'

const RECIPE = {
  version: 'weir-recipe/1',
  image: null,
  language: 'c',
  sanitizer: 'address',
  env: {},
  configure: [],
  build: ['$CC -o parse parse.c'],
  harnesses: [{ name: 'parse', kind: 'command', run: ['/work/src/parse', '@@'] }],
  tests: [],
  benign: [],
  limits: { build: {}, run: {} },
}
const SERVER = { name: 'web', kind: 'server', run: ['/work/src/web'], port: 8080, readyMs: 1000, stop: 'SIGTERM' }
const PROOF = {
  weir: 'proof/1',
  target: { name: 'pkg:generic/parse@0.1.0', source: 'src' },
  recipe: RECIPE,
  reproducers: [{ id: 'A', file: 'crash.bin', claims: { kind: 'heap-buffer-overflow', cwe: 'CWE-787' } }],
  benign: ['samples'],
  patches: [{ id: 'right', file: 'right.diff' }],
}
const NONE = { tasks: null, settings: {} }

describe('a proof file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-proof-'))
  const file = join(folder, 'weir-proof.json')
  for (const name of ['src', 'samples']) mkdirSync(join(folder, name))
  for (const name of ['src/parse.c', 'crash.bin', 'samples/b', 'samples/a', 'right.diff'])
    writeFileSync(join(folder, name), name)
  symlinkSync('/etc/hostname', join(folder, 'out-link'))
  after(() => rmSync(folder, { recursive: true }))

  const read = (change: object = {}, wishes: Parameters<typeof readProof>[1] = NONE) => {
    writeFileSync(file, JSON.stringify({ ...PROOF, ...change }))
    return readProof(file, wishes)
  }
  const refused = (change: object, wishes = NONE): Failure => {
    let caught: unknown = null
    assert.throws(
      () => read(change, wishes),
      (error) => {
        caught = error
        return true
      },
    )
    return caught as Failure
  }

  test('becomes a proof with every input by digest', () => {
    const { proof, shelf } = read()
    assert.equal(proof.reproducers[0]?.harness, 'parse')
    assert.deepEqual(proof.reproducers[0]?.oracle, { kind: 'crash' })
    const claim = { tool: null, kind: 'heap-buffer-overflow', symbol: null, path: null, cwe: 'CWE-787' }
    assert.deepEqual(proof.reproducers[0]?.claim, claim)
    const names = proof.benign.map(({ input }) => (input.kind === 'file' ? input.input.name : ''))
    assert.deepEqual(names, ['a', 'b'])
    assert.deepEqual(proof.patches[0]?.fixes, ['A'])
    assert.deepEqual(proof.tasks, ['reproduce', 'patch'])
    const patch = proof.patches[0]!.input
    assert.deepEqual(
      [patch.name, patch.bytes, Buffer.from(shelf.read(patch.digest)).toString()],
      ['right.diff', 10, 'right.diff'],
    )
    writeFileSync(join(folder, 'right.diff'), 'other')
    assert.throws(() => shelf.read(patch.digest), { code: 'proof.changed' })
    writeFileSync(join(folder, 'right.diff'), 'right.diff')
  })

  test('is the same proof wherever its folder lies, and by whatever path it is named', () => {
    const one = read().proof
    assert.deepEqual(readProof(proofFileAt(folder), NONE).proof, one)
    const absolute = read({ reproducers: [{ ...PROOF.reproducers[0], file: join(folder, 'crash.bin') }] }).proof
    assert.deepEqual(absolute, one)
  })

  test('knows archives and git bundles by what is in them', () => {
    writeFileSync(join(folder, 'a.bundle'), '# v2 git bundle\n')
    writeFileSync(join(folder, 'a.tar'), 'x')
    const kind = (source: string, more = {}) => read({ target: { name: 'x', source, ...more } }).proof.target.source
    assert.equal(kind('a.tar').kind, 'archive')
    assert.deepEqual(
      { ...kind('a.bundle', { revision: 'v1' }), input: null },
      { kind: 'git-bundle', input: null, revision: 'v1' },
    )
    const mirror = read({ target: { name: 'x', source: { mirror: 'lib', revision: 'main' } } }).proof.target.source
    assert.deepEqual(mirror, { kind: 'mirror', mirror: 'lib', revision: 'main' })
    assert.equal(refused({ target: { name: 'x', source: 'src', revision: 'v1' } }).code, 'proof.no-history')
  })

  test('takes wishes before its own words', () => {
    const { proof } = read({ settings: { runs: 7, seed: 3 } }, { tasks: ['minimise', 'reproduce'], settings: { runs: 3 } })
    assert.deepEqual([proof.tasks, proof.settings.runs, proof.settings.seed], [['reproduce', 'minimise'], 3, 3])
    assert.equal(refused({}, { tasks: null, settings: { runs: 99 } } as never).code, 'proof.bad-setting')
    assert.equal(refused({}, { tasks: ['fly'], settings: {} } as never).code, 'proof.bad-task')
  })

  test('for a server takes exchanges, and a file as an exchange of one request', () => {
    const recipe = { ...RECIPE, harnesses: [SERVER] }
    const reproducers = [{ id: 'A', exchange: ['crash.bin', 'samples/a'], waitMs: 200 }]
    const { proof } = read({ recipe, reproducers, patches: [], benign: ['samples/a'] })
    const [one] = proof.reproducers
    assert.ok(one?.input.kind === 'exchange' && one.input.requests.length === 2 && one.input.waitMs === 200)
    assert.equal(proof.benign[0]?.input.kind, 'exchange')
    assert.match(refused({ reproducers }).message, /needs a server/)
  })

  const faults: readonly [string, object, RegExp, RegExp][] = [
    ['a field too much', { extra: 1 }, /extra/i, /weir-proof\.json/],
    ['no reproducer', { reproducers: [] }, /reproducers/, /reproducers/],
    ['a missing file', { reproducers: [{ id: 'A', file: 'gone' }] }, /no "gone"/, /reproducers\[0\]\.file/],
    ['a path that leads out', { reproducers: [{ id: 'A', file: '../../etc/passwd' }] }, /no "|leads out/, /reproducers\[0\]/],
    ['a link that leads out', { reproducers: [{ id: 'A', file: 'out-link' }] }, /leads out/, /reproducers\[0\]/],
    ['both shapes', { reproducers: [{ id: 'A', file: 'crash.bin', exchange: ['crash.bin'] }] }, /either/, /reproducers\[0\]/],
    ['an unknown harness', { reproducers: [{ id: 'A', file: 'crash.bin', harness: 'x' }] }, /no harness/, /reproducers\[0\]/],
    ['an id twice', { patches: [1, 2].map(() => PROOF.patches[0]) }, /twice/, /patches/],
    ['an unknown fix', { patches: [{ id: 'p', file: 'right.diff', fixes: ['Z'] }] }, /no reproducer "Z"/, /patches\[0\]/],
    ['a bad id', { reproducers: [{ id: '../x', file: 'crash.bin' }] }, /reproducers\[0\]\.id/, /reproducers\[0\]\.id/],
    ['a bad recipe', { recipe: { ...RECIPE, language: 'cobol' } }, /language/, /recipe/],
    ['a recipe file that is none', { recipe: 'crash.bin' }, /not JSON/, /crash\.bin/],
    ['an OSS-Fuzz folder that is none', { recipe: { ossFuzz: 'samples' } }, /no build\.sh/, /samples/],
  ]
  for (const [name, change, says, where] of faults)
    test(`says what is wrong and where: ${name}`, () => {
      const { message, where: place } = refused(change)
      assert.match(message, says)
      assert.match(String(place), where)
    })

  test('several harnesses or reproducers have to be named', () => {
    const recipe = { ...RECIPE, harnesses: [...RECIPE.harnesses, { name: 'other', kind: 'script', run: ['python3', '@@'] }] }
    assert.equal(refused({ recipe }).mend, 'Name one of: parse, other')
    const two = ['A', 'B'].map((id) => ({ id, file: 'crash.bin' }))
    assert.match(String(refused({ reproducers: two }).mend), /out of: A, B/)
  })

  test('that is no JSON, no file, or no proof is told as such', () => {
    writeFileSync(file, '{')
    assert.throws(() => readProof(file, NONE), { code: 'proof.no-json' })
    assert.throws(() => readProof(join(folder, 'gone'), NONE), { code: 'proof.no-file' })
    writeFileSync(file, '[]')
    assert.throws(() => readProof(file, NONE), { code: 'proof.bad-field' })
  })
})
