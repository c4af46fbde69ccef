import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseRecipe } from './recipe-file.ts'

const RECIPE = {
  version: 'weir-recipe/1',
  image: null,
  language: 'c',
  sanitizer: 'address',
  env: { FAST: '1' },
  configure: ['./configure'],
  build: ['make'],
  harnesses: [
    { name: 'fuzz', kind: 'libfuzzer', run: ['/work/src/fuzz'] },
    { name: 'serve', kind: 'server', run: ['/work/src/serve'], port: 8080, readyMs: 1000, stop: 'SIGQUIT', writable: true },
  ],
  tests: [{ name: 'suite', run: 'make check', network: 'own-loopback', wallMs: 1000 }],
  benign: ['tests/good'],
  limits: { build: { wallMs: 1000 }, run: {} },
}

test('a whole recipe is read as it stands, and what may be left out has its usual value', () => {
  assert.deepEqual(parseRecipe(RECIPE), { ok: true, recipe: RECIPE })
  const least = { version: 'weir-recipe/1', language: 'c', harnesses: [{ name: 'a', kind: 'command', run: ['a'] }] }
  const read = parseRecipe(least)
  assert.ok(read.ok)
  assert.deepEqual(read.recipe.limits, { build: {}, run: {} })
  assert.equal(read.recipe.sanitizer, 'none')
})

const FAULTS: readonly (readonly [string, object, string])[] = [
  ['another version', { version: 'weir-recipe/2' }, 'version'],
  ['a misspelt field', { biuld: [] }, 'biuld'],
  ['no harness', { harnesses: [] }, 'harnesses'],
  ['a harness twice', { harnesses: [RECIPE.harnesses[0], RECIPE.harnesses[0]] }, 'harnesses[1].name'],
  ['a harness without a program', { harnesses: [{ name: 'a', kind: 'command', run: [] }] }, 'harnesses[0].run'],
  ['a server without a port', { harnesses: [{ name: 'a', kind: 'server', run: ['a'] }] }, 'harnesses[0].port'],
  ['a port on what is no server', { harnesses: [{ name: 'a', kind: 'command', run: ['a'], port: 80 }] }, 'harnesses[0].port'],
  ['a sample out of the tree', { benign: ['tests/../../etc'] }, 'benign[0]'],
  ['an absolute sample', { benign: ['/etc/passwd'] }, 'benign[0]'],
  ['a NUL in a line', { build: ['ma\0ke'] }, 'build[0]'],
  ['a tag for an image', { image: 'debian:12' }, 'image'],
  ['a variable that is none', { env: { 'A B': '1' } }, 'env.A B'],
  ['a limit below nothing', { limits: { run: { wallMs: -1 } } }, 'limits.run.wallMs'],
  ['a limit that is none', { limits: { run: { speed: 1 } } }, 'limits.run.speed'],
]

for (const [says, change, at] of FAULTS) {
  test(`refused, with its place: ${says}`, () => {
    const read = parseRecipe({ ...RECIPE, ...change })
    assert.ok(!read.ok)
    assert.equal(read.at, at)
    assert.ok(read.say.length > 5 && read.mend.length > 5)
  })
}

test('anything at all is answered, and what is read is read again as itself', () => {
  const field = fc.constantFrom(...Object.keys(RECIPE))
  const broken = fc.tuple(field, fc.jsonValue()).map(([name, value]) => ({ ...RECIPE, [name]: value }))
  fc.assert(
    fc.property(fc.oneof(fc.anything(), broken), (value) => {
      const read = parseRecipe(value)
      if (read.ok) assert.deepEqual(parseRecipe(structuredClone(read.recipe)), read)
      else assert.ok(read.at !== '' && read.say !== '' && read.mend !== '')
    }),
    { numRuns: 400 },
  )
})
