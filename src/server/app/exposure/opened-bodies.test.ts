import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { openJson, sealJson } from '../../store/keys/seal.ts'
import { OpenedBodies } from './opened-bodies.ts'

const key = randomBytes(32)
const sealed = (value: unknown) => sealJson(key, value, 'place', (length) => randomBytes(length))

test('the same bytes are opened once, and others under the same id anew', () => {
  const bodies = new OpenedBodies<{ n: number }>()
  let opened = 0
  const of = (bytes: Buffer) =>
    bodies.of('one', bytes, () => {
      opened++
      return openJson<{ n: number }>(key, bytes, 'place')
    })
  const [first, second] = [sealed({ n: 1 }), sealed({ n: 1 })]
  assert.equal(of(first), of(Buffer.from(first)))
  assert.equal(opened, 1)
  assert.deepEqual(of(second), { n: 1 })
  assert.equal(opened, 2)
  bodies.forget('one')
  of(second)
  assert.equal(opened, 3)
})

test('what was not asked for longest goes when there is too much, and what cannot be opened is not kept', () => {
  const bodies = new OpenedBodies<string>(250)
  const said: string[] = []
  const body = (id: string) => Buffer.alloc(100, id)
  const of = (id: string) =>
    bodies.of(id, body(id), () => {
      said.push(id)
      return id
    })
  for (const id of ['a', 'b', 'a', 'c', 'a', 'b']) assert.equal(of(id), id)
  assert.deepEqual(said, ['a', 'b', 'c', 'b'])
  const broken = () => {
    throw new Error('broken')
  }
  assert.throws(() => bodies.of('d', body('d'), broken), /broken/)
  assert.equal(of('d'), 'd')
})
