import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eachAlone } from './each-alone.ts'

test('one that fails keeps it from no other, and its error is told at the end', async () => {
  const done: string[] = []
  const work = async (id: string) => {
    if (id.startsWith('bad')) throw new Error(id)
    done.push(id)
  }
  await assert.rejects(eachAlone(['bad 1', 'a', 'b', 'bad 2', 'c'], 2, work), /bad 1/)
  assert.deepEqual(done, ['a', 'b', 'c'])
  await eachAlone(['d'], 3, work)
  assert.deepEqual(done, ['a', 'b', 'c', 'd'])
})
