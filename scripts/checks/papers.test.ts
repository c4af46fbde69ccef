import assert from 'node:assert/strict'
import { test } from 'node:test'
import { columns, readTables } from './columns.ts'
import { documents } from './documents.ts'
import { names } from './names.ts'
import { assertCatches, onTree } from './planted.ts'
import { words } from './words.ts'

const PAPERS = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
  'LICENSE',
  'docs/architecture.md',
  'docs/glossary.md',
  'docs/threat-model.md',
  'docs/operating.md',
  'docs/api.md',
  'docs/cli.md',
  'docs/formats.md',
]

test('documents: missing ones, rooms without a README and links to nothing are seen', () => {
  const sound = {
    ...Object.fromEntries(PAPERS.map((path) => [path, '# One heading\n'])),
    'README.md': '[a](docs/api.md#one-heading) [b](https://example.org/) [c](#two)\n\n# Two\n\n```\n[no](link)\n```\n',
    'src/core/README.md': '',
    'src/core/kernel/README.md': '',
    'src/core/kernel/id.ts': '',
  }
  assertCatches(documents, sound, [
    [{ 'src/core/findings/finding.ts': '' }, /src\/core\/findings: has no README/],
    [{ 'src/server/http/door.ts': '' }, /src\/server: has no README/],
    [{ 'bench/run.ts': '' }, /bench: has no README/],
    [{ 'docs/api.md': '\n[x](nowhere.md)' }, /docs\/api\.md:2: links to nothing/],
    [{ 'docs/api.md': '[x](../../other/README.md)' }, /links out of the clone/],
    [{ 'docs/api.md': '[x](cli.md#not-there)' }, /a heading that is not there/],
  ])
  assert.match(onTree(documents, {}).join('\n'), /LICENSE: is missing/)
})

test('names: what documents name exists, and what exists is documented', () => {
  const sound = {
    'package.json': '{"scripts":{"test":"x","check":"x"}}',
    'src/cli/commands/doctor.ts': '',
    'src/cli/main.ts': "program.command('up')",
    'src/contract/routes.ts': "x: route('get', '/v1/flaws/{id}', 'One flaw'),",
    'src/server/main/config.ts': "env['WEIR_PORT']",
    'docs/api.md': '`GET /v1/flaws/{id}` and `/v1/flaws/flw_1`',
    'docs/operating.md':
      '`WEIR_PORT`, `npm run check`, `npm test`, `src/cli/main.ts`\n\n```\nnpx weir doctor && weir up\n```\n',
  }
  assertCatches(names, sound, [
    [{ 'README.md': 'Run `weir fly`.' }, /README\.md:1: names a verb that weir does not have: fly/],
    [{ 'README.md': '`WEIR_WINGS=2`' }, /a variable that nothing reads: WEIR_WINGS/],
    [{ 'README.md': '`/v1/birds`' }, /a route that is not served: \/v1\/birds/],
    [{ 'README.md': '```sh\nnpm run fly\n```' }, /does not have: fly/],
    [{ 'README.md': 'see `src/cli/fly.ts`' }, /a path that is not there/],
    [{ 'src/server/main/more.ts': "env['WEIR_SECRET_SWITCH']" }, /reads WEIR_SECRET_SWITCH, which/],
    [{ 'docs/api.md': 'nothing' }, /does not name the route GET \/v1\/flaws/],
  ])
})

const MIGRATION =
  'const S = [`create table finding (\n id text not null, body bytea not null, n numeric(4, 2), primary key (id, body), unique (n))`]'
const LISTED =
  '## `finding`\n\n| column | kept | why |\n|---|---|---|\n| `id`, `n` | plain | random |\n| `body` | sealed | text |\n'

test('columns: a column that the threat model does not explain is seen', () => {
  const sound = { 'src/server/store/migrations/0001-foundation.ts': MIGRATION, 'docs/threat-model.md': LISTED }
  assertCatches(columns, sound, [
    [
      { 'src/server/store/migrations/0002-title.ts': '`alter table finding add column title text`' },
      /does not say how finding\.title is kept/,
    ],
    [
      { 'src/server/store/migrations/0002-hint.ts': '`create table hint (word text primary key)`' },
      /does not say how hint\.word/,
    ],
    [{ 'docs/threat-model.md': LISTED.replace('`n`', '`gone`') }, /has no column gone/],
    [{ 'docs/threat-model.md': LISTED.replace('sealed', 'somehow') }, /threat-model\.md:6: the second cell says/],
    [{ 'docs/threat-model.md': LISTED.replace('random', '') }, /the third cell says why/],
  ])
  const tables = new Map<string, Set<string>>()
  readTables(
    'create table a (x int, y text); alter table a rename column x to z; alter table a drop column y; create table b (c int); drop table b',
    tables,
  )
  assert.deepEqual(
    [...tables].map(([table, own]) => [table, [...own]]),
    [['a', ['z']]],
  )
})

test('words: unfinished work, machine paths, lone tests and avoided words are seen', () => {
  const sound = {
    'docs/glossary.md':
      '## Words to avoid\n\n| word | say | where |\n|---|---|---|\n| `ticket` | case | everywhere |\n| `approval` | determination | docket |\n',
    'README.md': 'A case, after approval by `ticket`.',
    'src/web/page.tsx': "import { ticket } from './ticket.ts'\n// ticket\nconst s = 'case'",
    'src/web/page.test.tsx': "const text = '/home/somebody/a.c'",
  }
  assertCatches(words, sound, [
    [{ 'README.md': 'Open a ticket.' }, /README\.md:1: "ticket": say case/],
    [{ 'src/web/page.tsx': "const s = 'New ticket'" }, /page\.tsx:1: "ticket"/],
    [{ 'docs/docket.md': 'Waiting for approval' }, /"approval": say determination/],
    [{ 'src/core/kernel/bad.ts': '// TO' + 'DO later' }, /promises work/],
    [{ 'src/core/kernel/bad.ts': "const p = '/ho" + "me/somebody/x'" }, /somebody's machine/],
    [{ 'src/core/kernel/bad.test.ts': 'test.on' + "ly('x', () => {})" }, /one test alone/],
    [{ 'src/core/kernel/bad.ts': '// @ts-ig' + 'nore' }, /silences the type checker/],
  ])
})
