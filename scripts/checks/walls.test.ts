import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertCatches, onTree } from './planted.ts'
import { readImports } from './source.ts'
import { walls } from './walls.ts'

const SOUND = {
  'src/core/README.md': '**May import:** `scorer`',
  'src/core/kernel/id.ts': "import { x } from 'scorer/deep'\nexport const id = x",
  'src/core/findings/finding.ts': "import type { id } from '../kernel/id.ts'\nexport const finding = 1",
  'src/core/access/permits.ts': "import { finding } from '../findings/finding.ts'\nexport const permits = finding",
  'src/contract/routes.ts': "import type { permits } from '../core/access/permits.ts'\nexport const routes = 1",
  'src/server/app/send.ts':
    "import { readFile } from 'node:fs'\nimport { load } from '../store/load.ts'\nexport const send = load",
  'src/server/store/load.ts': 'export const load = 1',
  'src/server/http/door.ts': "import { send } from '../app/send.ts'\nexport const door = send",
  'src/server/main/serve.ts': "export const demo = () => import('../../devkit/seed.ts')",
  'src/devkit/seed.ts': "import { send } from '../server/app/send.ts'\nexport const seed = send",
  'src/server/app/send.test.ts': "import { seed } from '../../devkit/seed.ts'\nseed",
}

test('every wall is seen when something crosses it', () => {
  assertCatches(walls, SOUND, [
    [
      { 'src/core/kernel/bad.ts': "import { x } from '../../formats/json.ts'" },
      /core\/kernel\/bad\.ts:1: core may not import formats/,
    ],
    [{ 'src/ledger/bad.ts': "import { x } from '../core/kernel/id.ts'" }, /ledger may not import core/],
    [{ 'src/web/bad.tsx': "\nimport {\n  x,\n} from '../server/app/send.ts'" }, /web\/bad\.tsx:4: web may not import server/],
    [{ 'src/cli/bad.ts': "export { send } from '../server/app/send.ts'" }, /cli may not import server/],
    [{ 'src/cli/bad.ts': "const x = await import('../server/app/send.ts')" }, /cli may not import server/],
    [{ 'src/core/findings/bad.ts': "import { x } from '../priority/table.ts'" }, /upstream of it, not core\/priority/],
    [{ 'src/core/findings/bad.ts': "import { permits } from '../access/permits.ts'" }, /not core\/access/],
    [{ 'src/core/gossip/bad.ts': "import { id } from '../kernel/id.ts'" }, /core\/gossip is no desk/],
    [{ 'src/attic/bad.ts': "import { id } from '../core/kernel/id.ts'" }, /src\/attic is no room/],
    [{ 'src/server/http/bad.ts': "import { load } from '../store/load.ts'" }, /http never imports store/],
    [{ 'src/server/store/bad.ts': "import type { send } from '../app/send.ts'" }, /store never imports app/],
    [{ 'src/server/app/bad.ts': "import { door } from '../http/door.ts'" }, /app never imports http/],
    [{ 'src/server/app/bad.ts': "import { seed } from '../../devkit/seed.ts'" }, /devkit is for tests/],
    [{ 'src/server/main/bad.ts': "import { seed } from '../../devkit/seed.ts'" }, /devkit is for tests/],
    [{ 'src/core/kernel/bad.ts': "import { createHash } from 'node:crypto'" }, /core has no I\/O/],
    [{ 'src/core/kernel/bad.ts': "import z from 'zod'" }, /README\.md names it: `zod`/],
    [{ 'src/web/bad.ts': "import 'node:fs'" }, /web has no I\/O/],
    [
      { 'src/server/a.ts': "import { b } from './b.ts'", 'src/server/b.ts': "import { a } from './a.ts'" },
      /circle: src\/server\/a\.ts → src\/server\/b\.ts → src\/server\/a\.ts/,
    ],
    [{ 'src/core/kernel/bad.ts': "import { x } from '../../../scripts/x.ts'" }, /reaches outside src/],
  ])
})

test('types may go in a circle, comments and strings import nothing', () => {
  assert.deepEqual(
    onTree(walls, { 'src/server/a.ts': "import { b } from './b.ts'", 'src/server/b.ts': "import type { a } from './a.ts'" }),
    [],
  )
  assert.deepEqual(readImports("// import { x } from './x.ts'\n/* import './y.ts' */\nconst s = 'hello'\n"), [])
  assert.deepEqual(
    readImports("import { type A, type B } from './x.ts'").map((one) => one.typeOnly),
    [true],
  )
  assert.deepEqual(
    readImports("import d, { type A } from './x.ts'").map((one) => one.typeOnly),
    [false],
  )
})
