import assert from 'node:assert/strict'
import { after, before, type TestContext, test } from 'node:test'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { seeded } from '../bench/shapes.ts'
import type { ItemAnswer, ReportAnswer } from '../src/contract/shapes/report.ts'
import { ask, type Body, type Sent, send } from './door.ts'
import { FORMAT_SEEDS, mutatedFile } from './mutated.ts'
import { openWorld, type World } from './world.ts'

// Files that want to break, fill or stop the server. After every one of them it answers, and its memory, PostgreSQL included,
// stayed within a bound. WEIR_SOAK=1 makes everything larger.

const SOAK = process.env['WEIR_SOAK'] === '1'
const MOST_MIB = SOAK ? 800 : 650

let world: World
let most = 0
let watching: NodeJS.Timeout
before(async () => {
  world = await openWorld({ env: { WEIR_LOG: 'fatal' } })
  watching = setInterval(() => {
    most = Math.max(most, world.server.memory())
  }, 400)
})
after(async () => {
  clearInterval(watching)
  await world.server.stop()
})
/** A test, after which the server still stands, answers and is within its bound. */
function hostileTest(name: string, work: (t: TestContext) => Promise<void>): void {
  test(name, async (t) => {
    await work(t as TestContext)
    assert.ok(world.server.alive(), 'the server is gone')
    assert.equal((await ask(`${world.url}/healthz`)).status, 200)
    assert.equal((await ask(`${world.url}/readyz`)).status, 200)
    const now = Math.max(most, world.server.memory())
    assert.ok(now < MOST_MIB, `${now.toFixed(0)} MiB`)
    t.diagnostic(`at most ${now.toFixed(0)} MiB so far`)
  })
}

const FORMATS = ['weir', 'weir-ndjson', 'sarif', 'osv', 'ghsa', 'cve', 'crash-log'] as const

let nth = 0
async function hostile(body: Body, format: string | null, more: Record<string, string> = {}): Promise<Sent> {
  const query: Record<string, string> = format === null ? {} : { format }
  const sent = await send(world.url, world.finder, body, { query, key: `hostile-${nth++}`, headers: more })
  assert.ok(sent.status < 500, `${sent.status} ${sent.body.toString().slice(0, 300)}`)
  if (sent.status === 200) for (const item of sent.answer!.items) isClear(item)
  else assert.match(sent.headers['content-type'] ?? '', /^application\/problem\+json/)
  return sent
}

function isClear(item: ItemAnswer): void {
  if (item.outcome === 'refused') assert.ok(item.refusal !== null && item.refusal.mend.length > 10, JSON.stringify(item))
  else assert.match(item.receipt ?? '', /^rcp_/)
}

const codes = (sent: Sent): string[] =>
  sent.answer === null
    ? [(JSON.parse(sent.body.toString()) as { code: string }).code]
    : [...new Set(sent.answer.items.map((item) => item.refusal?.code ?? item.outcome))]

/** `count` MiB of the same text, after `head`. */
async function* many(head: string, text: string, count: number): AsyncGenerator<Buffer> {
  yield Buffer.from(head)
  const block = Buffer.from(text.repeat(Math.ceil((1 << 20) / text.length)))
  for (let n = 0; n < count; n++) yield block
}

hostileTest('a single line of 200 MB is refused item by item in bounded memory', async () => {
  for (const format of SOAK ? FORMATS : (['weir-ndjson', 'sarif'] as const)) {
    const sent = await hostile(many('{"title":"', 'a', 200), format)
    assert.ok(
      sent.answer === null || sent.answer.counts.accepted <= (format === 'crash-log' ? 1 : 0),
      `${format} ${codes(sent)}`,
    )
  }
})

hostileTest('200 MB of opening brackets are refused', async () => {
  for (const format of SOAK ? FORMATS : (['weir', 'osv'] as const)) {
    const sent = await hostile(many('', '[', 200), format)
    assert.ok(sent.answer === null || sent.answer.counts.accepted === 0, `${format} ${codes(sent)}`)
    assert.ok(codes(sent).every((code) => code !== 'accepted'))
  }
  for (const text of ['{"a":', '[{"findings":', '{"runs":[{"results":[{"a":[']) {
    await hostile(text.repeat(200_000), 'weir')
    await hostile(text.repeat(200_000), 'sarif')
  }
})

hostileTest('a small file that unpacks to a gigabyte costs no more than a large one', async () => {
  // Members of 64 MiB: sixteen are a gigabyte.
  const others = SOAK ? 16 : 4
  const bomb = (head: string, fill: string, count: number, pack: (bytes: Buffer) => Buffer) => {
    const member = pack(Buffer.alloc(64 << 20, fill))
    return Buffer.concat([pack(Buffer.from(head)), ...Array.from({ length: count }, () => member)])
  }
  const gzip = (bytes: Buffer) => gzipSync(bytes, { level: 5 })
  const zstd = (bytes: Buffer) => zstdCompressSync(bytes)
  for (const [pack, head, fill, count] of [
    [gzip, '', '\0', 16],
    [zstd, '{"title":"', 'x', others],
    [gzip, '{"weir":"report/1","findings":[', ' ', others],
    [zstd, '', '[', others],
  ] as const) {
    const body = bomb(head, fill, count, pack)
    assert.ok(body.length < 3 << 20)
    const sent = await hostile(body, 'weir-ndjson')
    assert.ok(sent.answer === null || sent.answer.counts.accepted === 0, codes(sent).join())
  }
  // A bomb within a bomb is data: only the outer layer is unpacked.
  assert.deepEqual(codes(await hostile(gzipSync(gzipSync(Buffer.alloc(1 << 20))), null)), ['report.unknown-format'])
})

hostileTest('packed files that are cut, changed or of another kind than they say are refused', async () => {
  const text = Buffer.from(
    Array.from({ length: 400 }, (_, n) => `{"title":"t${n} ${'ab'.repeat(n)}","target":{"purl":"pkg:npm/a"}}`).join('\n'),
  )
  for (const whole of [gzipSync(text), zstdCompressSync(text)]) {
    for (const share of [0.01, 0.3, 0.7, 0.999]) {
      const sent = await hostile(whole.subarray(0, Math.max(5, Math.floor(whole.length * share))), 'weir-ndjson')
      assert.ok(codes(sent).includes('report.not-decodable'), `${share}: ${codes(sent)}`)
    }
    const changed = Buffer.from(whole)
    changed.fill(0xff, whole.length >> 1, (whole.length >> 1) + 40)
    assert.ok(codes(await hostile(changed, 'weir-ndjson')).includes('report.not-decodable'))
    // What came before the damage stands, and the whole file can follow.
    assert.equal((await hostile(whole, 'weir-ndjson')).answer!.counts.refused, 0)
  }
  for (const type of [
    'text/html',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'nonsense',
    'application/json; charset=utf-16',
  ]) {
    assert.equal(
      (await hostile('{"title":"typed","target":{"purl":"pkg:npm/a"}}', 'weir', { 'content-type': type })).status,
      200,
    )
  }
})

hostileTest('every format cut at many places ends in a refusal, never in an error', async () => {
  for (const { format, file } of FORMAT_SEEDS) {
    const bytes = Buffer.from(file)
    const steps = SOAK ? 200 : 12
    for (let n = 0; n < steps; n++) await hostile(bytes.subarray(0, Math.floor((bytes.length * n) / steps)), format)
    await hostile(bytes.subarray(0, bytes.length - 1), format)
  }
})

hostileTest('bytes that are no text are refused where they are, and their neighbours stand', async () => {
  const good = (n: number) => Buffer.from(`{"title":"Good ${n}","target":{"purl":"pkg:npm/good"}}\n`)
  const quoted = (bytes: readonly number[]) =>
    Buffer.concat([Buffer.from('{"title":"x'), Buffer.from(bytes), Buffer.from('"}\n')])
  const bad = [
    [0xff, 0xfe],
    [0xc3, 0x28],
    [0xc0, 0xaf],
    [0xed, 0xa0, 0x80],
    [0xf4, 0x90, 0x80, 0x80],
    [0x00],
    [0x1b, 0x5b],
    [0xe2, 0x82],
  ]
  const body = Buffer.concat(bad.flatMap((bytes, n) => [good(n), quoted(bytes)]))
  const { answer } = await hostile(body, 'weir-ndjson')
  assert.deepEqual(
    answer!.items.map((item) => item.outcome === 'refused'),
    bad.flatMap(() => [false, true]),
  )
  assert.deepEqual([...new Set(answer!.items.flatMap((item) => item.refusal?.code ?? []))].sort(), [
    'item.invalid-utf8',
    'item.not-json',
  ])
  const surrogate = await hostile(
    '{"title":"lone \\ud800 one and \\u0000 nul","text":"\\udfff\\u0000","target":{"purl":"pkg:npm/good"}}\n',
    'weir-ndjson',
  )
  assert.equal(surrogate.answer!.items.length, 1)
  for (const format of FORMATS) await hostile(Buffer.concat(bad.map((bytes) => Buffer.from(bytes))), format)
})

hostileTest('wrong types, repeated keys, prototypes and huge numbers are data or a refusal', async () => {
  const lines = [
    '{"title":"a","title":"b"}',
    '{"__proto__":{"ok":true},"title":"p","target":{"purl":"pkg:npm/a"}}',
    '{"constructor":{"prototype":{"ok":1}},"title":"c"}',
    '{"title":"n","locations":[{"path":"a","line":1e308}]}',
    '{"title":"n","locations":[{"path":"a","line":99999999999999999999999}]}',
    `{"title":"n","x":${'9'.repeat(5000)}}`,
    '{"title":"n","x":1e999999999}',
    '{"title":"n","x":-0.0}',
    'null',
    'true',
    '7',
    '"text"',
    '[]',
    '[[]]',
    '{}',
    '{"":{"":""}}',
    `{"${'k'.repeat(100_000)}":1,"title":"k"}`,
    `{"title":"many","weaknesses":[${'1,'.repeat(300_000)}1]}`,
    `{"title":"wide",${Array.from({ length: 250_000 }, (_, n) => `"${n}":0`).join()}}`,
  ]
  const { answer } = await hostile(lines.join('\n'), 'weir-ndjson')
  assert.equal(answer!.items.length, lines.length)
  assert.equal(({} as { ok?: boolean }).ok, undefined)
})

hostileTest('very many tiny items are answered one by one', async () => {
  const count = SOAK ? 1_000_000 : 60_000
  const reply = await ask(`${world.url}/v1/reports?format=weir-ndjson`, {
    method: 'POST',
    cookie: world.finder,
    headers: { accept: 'application/x-ndjson' },
    body: '{}\n'.repeat(count),
  })
  const lines = reply.body.toString().trimEnd().split('\n')
  assert.equal(lines.filter((line) => line.includes('"outcome":"refused"')).length, count)
  const summary = JSON.parse(lines.at(-1)!) as ReportAnswer
  assert.equal(summary.counts.refused, count)
  // As one object only the first are listed, all are counted.
  assert.equal((await hostile('{}\n'.repeat(30_000), 'weir-ndjson')).answer!.counts.refused, 30_000)
})

hostileTest('mutations of valid files of every format give answers, never an error', async (t) => {
  const random = seeded(Number(process.env['WEIR_SEED'] ?? 20261121))
  const total = SOAK ? 10_000 : 2_000
  const outcomes: Record<string, number> = {}
  const uploads = SOAK ? 60 : 12
  for (const seed of FORMAT_SEEDS) {
    for (let n = 0; n < uploads; n++) {
      const documents = Math.ceil(total / FORMAT_SEEDS.length / uploads)
      const sent = await hostile(mutatedFile(seed, documents, random), seed.format)
      for (const item of sent.answer?.items ?? [])
        outcomes[item.refusal?.code ?? item.outcome] = (outcomes[item.refusal?.code ?? item.outcome] ?? 0) + 1
    }
  }
  t.diagnostic(JSON.stringify(outcomes))
  const all = Object.values(outcomes).reduce((sum, count) => sum + count, 0)
  const kept = (outcomes['accepted'] ?? 0) + (outcomes['merged'] ?? 0) + (outcomes['needs-info'] ?? 0)
  assert.ok(all > 0.8 * total && kept > 0.2 * total && all - kept > 0.1 * total, JSON.stringify(outcomes))
})
