import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { Outlet } from './outlet.ts'

test('an answer that waits often for its reader leaves no listener behind', async () => {
  const to = new PassThrough({ highWaterMark: 10 })
  const outlet = new Outlet(to)
  const before = to.listenerCount('close') + to.listenerCount('error')
  let read = 0
  const sent = outlet.send(
    { n: 1, did: 'closed' } as never,
    Array.from({ length: 50 }, () => Buffer.alloc(100)),
  )
  for (let n = 0; n < 500 && read < 5000; n++) {
    read += (to.read() as Buffer | null)?.length ?? 0
    await setImmediate()
  }
  await sent
  assert.ok(read >= 5000)
  assert.equal(to.listenerCount('close') + to.listenerCount('error'), before)
})

test('a reader that goes away ends the waiting', async () => {
  const to = new PassThrough({ highWaterMark: 10 })
  const sent = new Outlet(to).send({ n: 1, did: 'closed' } as never, [Buffer.alloc(1000)])
  await setImmediate()
  to.destroy()
  await sent
})
