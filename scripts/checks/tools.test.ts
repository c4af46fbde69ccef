import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { test } from 'node:test'
import { examples } from './examples.ts'
import { lock } from './lock.ts'
import { matrix } from './matrix.ts'
import { assertCatches, onTree } from './planted.ts'
import { style, types, unused } from './tools.ts'

const own = (path: string) => readFileSync(resolve(import.meta.dirname, '../..', path), 'utf8')

const PROJECT = {
  'package.json': '{"type":"module"}',
  'tsconfig.base.json': own('tsconfig.base.json'),
  'tsconfig.json': '{"files":[],"references":[{"path":"src/core"}]}',
  'src/core/tsconfig.json':
    '{"extends":"../../tsconfig.base.json","compilerOptions":{"outDir":"../../.cache/core"},"include":["*.ts"]}',
  'src/core/id.ts': 'export const id: string = "x"\n',
}

test('types: an error in any project is seen', () => {
  assertCatches(types, PROJECT, [
    [{ 'src/core/bad.ts': 'export const n: number = "x"\n' }, /src\/core\/bad\.ts\(1,14\): TS2322/],
  ])
})

test('style: unformatted and unsound code is seen', () => {
  const biome = JSON.stringify({
    ...JSON.parse(own('biome.json')),
    vcs: { enabled: false },
    json: { formatter: { enabled: false } },
  })
  assertCatches(style, { 'biome.json': biome, 'src/core/id.ts': "export const id = 'x'\n" }, [
    [{ 'src/core/bad.ts': 'export const  id = "x";\n' }, /src\/core\/bad\.ts/],
    [{ 'src/core/bad.ts': 'export const id: any = 1\n' }, /src\/core\/bad\.ts.*any/],
  ])
})

test('unused: files, exports and packages that nothing uses are seen', () => {
  const sound = {
    'package.json': '{"name":"planted","type":"module","dependencies":{}}',
    'knip.json': '{"entry":["src/main.ts"],"project":["src/**/*.ts"]}',
    'src/main.ts': "import { used } from './used.ts'\nused()\n",
    'src/used.ts': 'export const used = () => 1\n',
  }
  assertCatches(unused, sound, [
    [{ 'src/lonely.ts': 'export const x = 1\n' }, /src\/lonely\.ts: nothing uses this file/],
    [{ 'src/used.ts': 'export const used = () => 1\nexport const spare = 2\n' }, /src\/used\.ts: spare/],
    [{ 'package.json': '{"name":"planted","type":"module","dependencies":{"left-over":"1.0.0"}}' }, /package\.json: left-over/],
  ])
})

test('examples: a block of TypeScript that does not compile is seen at its line', () => {
  const sound = {
    ...PROJECT,
    'src/core/README.md':
      "# core\n\n```ts\nimport { id } from './id.ts'\nconst s: string = id\nvoid s\n```\n\n```js\nnot typescript\n```\n",
  }
  assertCatches(examples, sound, [
    [
      { 'README.md': "```ts\nimport { id } from './src/core/id.ts'\nconst n: number = id\n```\n" },
      /README\.md:3: the example does not compile: TS2322/,
    ],
    [{ 'README.md': "```ts\nimport { gone } from './src/core/id.ts'\n```\n" }, /README\.md:2: .*gone/],
  ])
})

test('matrix: no test, a failing test and a missing document are seen', () => {
  const sound = {
    'docs/authority.md': '',
    'src/core/access/matrix.test.ts': "import { test } from 'node:test'\ntest('walks', () => {})\n",
  }
  assertCatches(matrix, sound, [
    [
      {
        'src/core/access/matrix.test.ts':
          "import { test } from 'node:test'\ntest('walks', () => { throw new Error('a hole') })\n",
      },
      /a hole/,
    ],
  ])
  assert.match(onTree(matrix, {}).join('\n'), /authority\.md: is missing[\s\S]*no test walks the matrix/)
})

test('lock: a package that is named and not locked is seen', () => {
  const locked = (packages: object) => ({ 'package-lock.json': JSON.stringify({ packages }) })
  const a = { dependencies: { b: '1' }, optionalDependencies: { '@c/darwin': '1' } }
  const sound = locked({
    '': { dependencies: { a: '1' } },
    'node_modules/a': a,
    'node_modules/a/node_modules/b': {},
    'node_modules/@c/darwin': {},
  })
  assertCatches(lock, sound, [
    [locked({ '': {}, 'node_modules/a': a, 'node_modules/b': {} }), /node_modules\/a names @c\/darwin, which is not locked/],
  ])
  assert.match(onTree(lock, {}).join(), /is missing/)
})
