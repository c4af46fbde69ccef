import { test } from 'node:test'
import { exits } from './exits.ts'
import { assertCatches } from './planted.ts'
import { purity } from './purity.ts'
import { sizes } from './sizes.ts'

test('purity: clocks, randomness, promises and surroundings are seen in pure rooms only', () => {
  const sound = {
    'src/core/kernel/instant.ts':
      "// Date.now() is not for here\nexport const at = (ms: number) => new Date(ms)\nconst P = /at (?:async )?x/\nexport const s = 'await Math.random()'",
    'src/server/app/send.ts': 'export const now = async () => Date.now()',
    'src/core/kernel/instant.test.ts': 'await Promise.all([])',
  }
  assertCatches(purity, sound, [
    [{ 'src/core/kernel/bad.ts': 'export const now = Date.now()' }, /bad\.ts:1: reads a clock/],
    [{ 'src/core/kernel/bad.ts': '\nexport const now = new Date()' }, /bad\.ts:2: reads a clock/],
    [{ 'src/formats/bad.ts': 'export const r = Math.random()' }, /draws random bytes/],
    [{ 'src/ledger/bad.ts': 'export async function f() {}' }, /makes a promise/],
    [{ 'src/formats/bad.ts': 'export const b = Buffer.from([])' }, /surroundings/],
    [{ 'src/core/kernel/bad.ts': 'export const e = process.env' }, /surroundings/],
  ])
})

test('exits: what leaves without present is seen', () => {
  const sound = {
    'src/server/http/routes/flaws.ts': 'export const r = (c) => send(c, readFlaw())',
    'src/server/http/routes/public.ts': "export const r = (c) => c.text('ok')",
    'src/core/access/present/flaw.ts': 'export const p = (f) => presented({ id: f.id })',
    'src/server/app/flaw.ts': 'export type A = Answer<Presented<Flaw>>',
  }
  assertCatches(exits, sound, [
    [{ 'src/server/http/routes/bad.ts': 'export const r = (c) => c.json(flaw)' }, /bad\.ts:1: c\.json leaves without present/],
    [{ 'src/server/http/routes/bad.ts': 'export const r = (c) => new Response(flaw)' }, /new Response leaves/],
    [{ 'src/server/http/routes/bad.ts': 'export const r = (c) => stream(c, f)' }, /stream leaves/],
    [{ 'src/server/http/bad.ts': 'export const r = (c) => c.body(flaw)' }, /c\.body leaves/],
    [{ 'src/server/app/bad.ts': 'export const r = flaw as Presented<Flaw>' }, /only the presenters/],
    [{ 'src/server/app/bad.ts': 'export const r = presented(flaw)' }, /only the presenters/],
  ])
})

test('sizes: long files, names that say nothing and re-exports are seen', () => {
  const long = 'x\n'.repeat(401)
  const sound = {
    'src/core/kernel/id.ts': 'export const id = 1\n',
    'src/core/priority/tables/triage.ts': long,
    'src/server/store/migrations/0001-foundation.ts': long,
  }
  const crowd = Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`src/core/kernel/n${n}.ts`, 'x\n'.repeat(120)]))
  assertCatches(
    sizes,
    { ...sound, ...Object.fromEntries(['a', 'b', 'c'].map((name) => [`src/core/kernel/${name}.ts`, 'x\n'])) },
    [
      [{ 'src/core/kernel/big.ts': long }, /401 lines/],
      [{ 'src/core/kernel/utils.ts': 'x' }, /"utils" says nothing/],
      [{ 'src/core/kernel/index.ts': 'x' }, /"index" says nothing/],
      [{ 'src/core/kernel/base.test.ts': 'x' }, /"base" says nothing/],
      [{ 'src/core/kernel/camelCase.ts': 'x' }, /kebab-case/],
      [{ 'src/core/kernel/a-name-that-goes-on-and-on.ts': 'x' }, /a name of 26 characters/],
      [{ 'src/core/kernel/all.ts': "export * from './id.ts'" }, /re-exports a whole file/],
      [crowd, /half of the files have more than 120 lines/],
    ],
  )
})
