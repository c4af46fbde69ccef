import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { FINDERS } from '../../sample/finders.ts'
import { PERSON_ROLES } from '../core/access/principal.ts'
import { instant } from '../core/kernel/instant.ts'
import { listDemoPeople } from '../server/app/account/demo-people.ts'
import type { Ground } from '../server/ground.ts'
import { memoryBlobs } from './memory-blobs.ts'
import { withDatabase } from './pg.ts'
import { PEOPLE, seedDemo } from './seed.ts'

test('seeded twice, the demo has each of its people once, one of every role at least', async (t) => {
  await withDatabase(t, async ({ store, keys }) => {
    const ground: Ground = {
      store,
      keys,
      blobs: memoryBlobs(),
      clock: () => instant(0),
      random: (length) => randomBytes(length),
    }
    await seedDemo(ground)
    const first = await listDemoPeople(ground)
    await seedDemo(ground)
    assert.deepEqual(await listDemoPeople(ground), first)
    assert.equal(first.length, PEOPLE.length)
    assert.deepEqual(
      PERSON_ROLES.filter((role) => !first.some(({ roles }) => roles.includes(role))),
      [],
    )
  })
})

test('every finder of the sample has a person who sends', () => {
  for (const { name } of Object.values(FINDERS))
    assert.ok(
      PEOPLE.some(({ organisation, roles }) => organisation === name && roles.includes('finder')),
      name,
    )
})
