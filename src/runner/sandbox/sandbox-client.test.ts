import assert from 'node:assert/strict'
import test from 'node:test'
import { FAKE_TIER, fakeSandbox, type Reply, ranWith } from '../../devkit/fake-sandbox.ts'
import { Failure } from '../failure.ts'
import { Frames } from './frames.ts'
import { SandboxClient } from './sandbox-client.ts'

const TIERS: Reply = { answer: { did: 'tiers', here: [FAKE_TIER], lacking: [] } }

test('frames are the same however the stream is cut', () => {
  const payload = Buffer.from('\n{"did":"ran"}\n')
  const stream = Buffer.concat([
    Buffer.from('{"n":1,"did":"closed"}\n'),
    Buffer.from(`{"n":2,"did":"got","bytes":${payload.length}}\n`),
    payload,
    Buffer.from('{"n":3,"did":"kept","bytes":99}\n{"n":4,"did":"executed","bytes":0}\n'),
  ])
  for (const step of [1, 2, 7, stream.length]) {
    const frames = new Frames()
    const all = []
    for (let at = 0; at < stream.length; at += step) all.push(...frames.push(stream.subarray(at, at + step)))
    assert.deepEqual(
      all.map(({ head, bytes }) => [head['n'], bytes.toString()]),
      [
        [1, ''],
        [2, payload.toString()],
        [3, ''],
        [4, ''],
      ],
    )
  }
})

test('a stream that breaks the rules is refused', () => {
  for (const text of ['[]\n', 'null\n', 'x\n', '{"did":"ran","bytes":-1}\n', '{"did":"ran","bytes":1e99}\n', '{"did":"got"}\n'])
    assert.throws(() => new Frames().push(Buffer.from(text)), text)
  assert.throws(() => new Frames().push(Buffer.alloc(5 << 20, 0x20)), RangeError)
})

test('answers find their questions in whatever order they come', async () => {
  const held: (() => void)[] = []
  const client = new SandboxClient(() => {
    const child = fakeSandbox((request) => {
      held.push(() => child.stdout?.emit('data', Buffer.from(`{"n":${request.n},"did":"has","tree":null}\n`)))
      if (held.length === 3) for (const one of held.reverse()) setImmediate(one)
      return 'silence'
    })
    return child
  })
  const all = await Promise.all(['a', 'b', 'c'].map((entry) => client.ask({ do: 'has', entry }, 'has')))
  assert.deepEqual(
    all.map(({ answer }) => answer.n),
    [1, 2, 3],
  )
  await client.stop()
})

test('a refusal is a Failure with its code and mend', async () => {
  const refused: Reply = { answer: { did: 'refused', code: 'sandbox.no-entry', say: 'no such tree', mend: 'fill it' } }
  const client = new SandboxClient(() => fakeSandbox(() => refused))
  await assert.rejects(client.ask({ do: 'drop', entry: 'x' }, 'dropped'), (error) => {
    assert.ok(error instanceof Failure)
    assert.deepEqual([error.code, error.mend], ['sandbox.no-entry', 'fill it'])
    return true
  })
  await client.stop()
})

test('a process that dies fails what was under way and is started again, three times a minute', async () => {
  let starts = 0
  let now = 0
  const start = () => {
    starts++
    return fakeSandbox(({ do: what }) => (what === 'tiers' ? TIERS : 'death'))
  }
  const client = new SandboxClient(start, () => now)
  const die = () => assert.rejects(client.ask({ do: 'has', entry: 'x' }, 'has'), { code: 'sandbox.failed' })
  await die()
  assert.equal((await client.ask({ do: 'tiers' }, 'tiers')).answer.here.length, 1)
  await die()
  await die()
  assert.equal(starts, 3)
  await assert.rejects(client.ask({ do: 'tiers' }, 'tiers'), { code: 'sandbox.failed' })
  assert.equal(starts, 3)
  now += 61_000
  await client.ask({ do: 'tiers' }, 'tiers')
  assert.equal(starts, 4)
  await client.stop()
  await assert.rejects(client.ask({ do: 'tiers' }, 'tiers'), /was stopped/)
})

test('bytes go after their line and come back whole', async () => {
  let got = ''
  const client = new SandboxClient(() =>
    fakeSandbox((_request, payload) => {
      got = Buffer.from(payload).toString()
      return ranWith('hello')
    }),
  )
  const spec = {} as never
  const parts = [Buffer.from('tar'), Buffer.from('stdin')]
  const { answer, bytes } = await client.ask({ do: 'run', box: 'b', spec, bytes: 8 }, 'ran', parts)
  assert.deepEqual([got, answer.stdout, bytes.toString()], ['tarstdin', 5, 'hello'])
  await client.stop()
})
