import assert from 'node:assert/strict'
import { createPublicKey, verify } from 'node:crypto'
import { connect } from 'node:net'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { gzipSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { ndjson } from '../bench/shapes.ts'
import type { Tally } from '../src/contract/shapes/public.ts'
import type { ItemAnswer, ReceiptStatus, ReportAnswer, ReportRow } from '../src/contract/shapes/report.ts'
import { parseKey } from '../src/ledger/key.ts'
import { sha256 } from '../src/ledger/sha256.ts'
import { verifyReceipt } from '../src/ledger/verify-receipt.ts'
import { ask, read, send } from './door.ts'
import { verifyServed } from './verify-served.ts'
import {
  allFindings,
  corpus,
  filesOf,
  flawCount,
  grouped,
  jsonLines,
  NO_CORPUS,
  openWorld,
  pause,
  type World,
} from './world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(async () => await world.server.stop())

const NGINX = { target: 'pkg:generic/nginx@1.24.0', format: 'crash-log' }

/** Logs without a single result. */
const EMPTY = ['no_runs.sarif', 'appendix_k1_double.sarif']

interface Upload {
  readonly name: string
  readonly bytes: Buffer
  readonly query: Record<string, string>
  /** How many items it gives at least. */
  readonly least: number
}

/** Every SARIF log as it lies there, again under the other compression, and every crash trace by itself. */
function realUploads(folder: string): Upload[] {
  const sarif = filesOf(join(folder, 'exposure', 'sarif')).filter(({ name }) => /\.sarif(\.zst)?$/.test(name))
  const logs = sarif.map(({ name, bytes }) => ({ name, bytes, query: { name }, least: EMPTY.includes(name) ? 0 : 1 }))
  // Traces of one program one after another as fuzzers write them, ten to a file; those of many tools each by itself.
  const traces = (file: string, together: number) => {
    const all = jsonLines<{ trace: string }>(join(folder, 'dedup', file)).map((line) => line.trace)
    return Array.from({ length: Math.ceil(all.length / together) }, (_, n) => {
      const some = all.slice(n * together, (n + 1) * together)
      return { name: `${file} ${n}`, bytes: Buffer.from(some.join('\n')), query: NGINX, least: some.length }
    })
  }
  return [
    ...logs,
    ...traces('crash-traces.jsonl.gz', process.env['WEIR_SOAK'] === '1' ? 1 : 10),
    ...traces('golden-traces.jsonl.gz', 1),
  ]
}

async function sendAll(uploads: readonly Upload[], key: (upload: Upload) => string): Promise<Map<string, ReportAnswer>> {
  const answers = new Map<string, ReportAnswer>()
  const queue = [...uploads]
  const take = async () => {
    for (let upload = queue.shift(); upload !== undefined; upload = queue.shift()) {
      const { answer, status, body } = await send(world.url, world.finder, upload.bytes, {
        query: upload.query,
        key: key(upload),
      })
      assert.ok(answer !== null, `${upload.name}: ${status} ${body.toString().slice(0, 300)}`)
      answers.set(upload.name, answer)
    }
  }
  await Promise.all([take(), take(), take()])
  return answers
}

const keyOf = (name: string) => `k${Buffer.from(name).toString('hex').slice(-150)}`

function isAccountedFor(item: ItemAnswer, name: string): void {
  if (item.outcome !== 'refused') {
    assert.match(item.receipt ?? '', /^rcp_/, `${name} ${item.at} has no receipt`)
    return
  }
  const { refusal } = item
  assert.ok(refusal !== null && refusal.say !== '' && refusal.mend !== '', `${name} ${item.at} was refused without a reason`)
}

async function standing(): Promise<{ findings: string[]; flaws: number; counters: string[] }> {
  const rows = await allFindings<{ id: string }>(world.url, world.finder)
  const { rows: reports } = await read<{ rows: ReportRow[] }>(`${world.url}/v1/reports`, world.finder)
  return {
    findings: rows.map((row) => row.id).sort(),
    flaws: await flawCount(world),
    counters: reports.map((row) => `${row.id} ${JSON.stringify(row.counts)} ${row.clustered} ${row.complete}`).sort(),
  }
}

test('every SARIF log and every crash trace is taken in item by item, and sent again makes nothing new', async (t) => {
  const folder = corpus()
  if (folder === null) return t.skip(NO_CORPUS)
  const uploads = realUploads(folder)
  const first = await sendAll(uploads, (upload) => keyOf(upload.name))
  let items = 0
  let kept = 0
  const refusals: Record<string, number> = {}
  for (const [name, answer] of first) {
    const { least } = uploads.find((upload) => upload.name === name)!
    assert.ok(answer.items.length >= least, `${name} gave ${answer.items.length} items, not ${least}`)
    assert.ok(answer.complete)
    for (const item of answer.items) {
      isAccountedFor(item, name)
      if (item.refusal !== null) refusals[item.refusal.code] = (refusals[item.refusal.code] ?? 0) + 1
      else kept++
      items++
    }
  }
  t.diagnostic(`${uploads.length} files, ${items} items, ${kept} kept, refused ${JSON.stringify(refusals)}`)
  assert.ok(kept > 0.9 * items, `only ${kept} of ${items} items were kept`)
  await grouped(
    world,
    [...first.values()].map((answer) => answer.report),
  )
  const before = await standing()

  const again = await sendAll(uploads, (upload) => keyOf(upload.name))
  for (const [name, answer] of again) {
    assert.equal(answer.report, first.get(name)!.report, `${name} opened a second report`)
    sameReceipts(name, first.get(name)!, answer)
  }
  assert.deepEqual(await standing(), before)

  // The same files packed otherwise and under other keys: still nothing new but the reports' own rows.
  const repacked = uploads
    .filter(({ query }) => 'name' in query)
    .map((upload) => {
      const plain = upload.name.endsWith('.zst') ? zstdDecompressSync(upload.bytes) : upload.bytes
      return { ...upload, bytes: upload.name.endsWith('.zst') ? gzipSync(plain) : zstdCompressSync(plain) }
    })
  const packed = await sendAll(repacked, (upload) => `again-${keyOf(upload.name)}`)
  for (const [name, answer] of packed) sameReceipts(name, first.get(name)!, answer)
  const { findings, flaws } = await standing()
  assert.deepEqual({ findings, flaws }, { findings: before.findings, flaws: before.flaws })
})

/** Every kept item answers `repeated` with its first receipt, every refused one is refused again for the same reason. */
function sameReceipts(name: string, first: ReportAnswer, again: ReportAnswer): void {
  const { accepted, merged, needsInfo } = again.counts
  assert.deepEqual({ accepted, merged, needsInfo }, { accepted: 0, merged: 0, needsInfo: 0 }, `${name} made something new`)
  const view = (answer: ReportAnswer) => answer.items.map((item) => [item.n, item.at, item.receipt, item.refusal?.code ?? null])
  assert.deepEqual(view(again), view(first), name)
}

test('advisories of the databases are taken in as OSV, CVE and GitHub records', async (t) => {
  const folder = corpus()
  if (folder === null) return t.skip(NO_CORPUS)
  const lines = (file: string) =>
    zstdDecompressSync(filesOf(join(folder, 'exposure', 'advisories')).find(({ name }) => name === file)!.bytes)
      .toString('utf8')
      .split('\n')
  for (const [file, format] of [
    ['osv-npm.ndjson.zst', 'osv'],
    ['osv-go.ndjson.zst', 'osv'],
    ['cve5-vulnrichment-subset.ndjson.zst', 'cve'],
  ] as const) {
    const some = lines(file)
      .filter((line) => line !== '')
      .slice(0, 150)
    const { answer, status, body } = await send(world.url, world.rival, some.join('\n'), { query: { format }, key: file })
    assert.ok(answer !== null, `${file}: ${status} ${body.toString().slice(0, 200)}`)
    assert.equal(answer.items.length, some.length)
    for (const item of answer.items) isAccountedFor(item, file)
    assert.ok(answer.counts.refused < some.length / 10, `${file}: ${answer.counts.refused} refused`)
  }
  const ghsa = {
    ghsa_id: 'GHSA-aaaa-bbbb-cccc',
    summary: 'Prototype pollution in left',
    description: 'Merging an object sets the prototype.',
    severity: 'high',
    vulnerabilities: [{ package: { ecosystem: 'npm', name: 'left' }, vulnerable_version_range: '< 1.2.3' }],
  }
  const { answer } = await send(world.url, world.rival, JSON.stringify(ghsa), { query: { format: 'ghsa' }, key: 'ghsa' })
  assert.equal(answer?.counts.accepted, 1)
})

const line = (n: number | string, more: object = {}) =>
  JSON.stringify({
    key: `item-${n}`,
    title: `Overflow number ${n}`,
    text: `The ${n}th header overflows.`,
    target: { purl: `pkg:generic/part-${n}` },
    ...more,
  })

test('a broken line in the middle leaves its neighbours standing', async () => {
  const body = [line('a'), '{"title": "cut', line('b'), '\u0000', line('c'), '{"title":1,"title":2}', line('d')].join('\n')
  const { answer } = await send(world.url, world.rival, body, { query: { format: 'weir-ndjson' }, key: 'broken' })
  assert.deepEqual(
    answer!.items.map((item) => item.refusal?.code ?? item.outcome),
    ['accepted', 'item.not-json', 'accepted', 'item.not-json', 'accepted', 'item.repeated-key', 'accepted'],
  )
  for (const item of answer!.items) isAccountedFor(item, 'broken')
})

test('an item key with other content is the first item again', async () => {
  const first = await send(world.url, world.rival, line('same'), { query: { format: 'weir-ndjson' }, key: 'key-1' })
  const other = await send(world.url, world.rival, line('same', { title: 'Reworded' }), {
    query: { format: 'weir-ndjson' },
    key: 'key-2',
  })
  assert.equal(other.answer!.items[0]!.outcome, 'repeated')
  assert.equal(other.answer!.items[0]!.receipt, first.answer!.items[0]!.receipt)
})

test('what is of no format Weir reads is told so, and nothing is stored', async () => {
  const counted = async () => (await read<{ rows: unknown[] }>(`${world.url}/v1/reports`, world.rival)).rows.length
  const before = await counted()
  for (const body of ['what a lovely day', '%PDF-1.7 …', Buffer.alloc(5000, 7), '']) {
    const reply = await send(world.url, world.rival, body, { key: 'unknown' })
    assert.equal(reply.status, 422)
    assert.match(reply.headers['content-type'] ?? '', /^application\/problem\+json/)
    assert.equal((JSON.parse(reply.body.toString()) as { code: string }).code, 'report.unknown-format')
  }
  assert.equal(await counted(), before)
})

test('an upload that is cut and sent again ends like one that was not', async () => {
  const calm = Buffer.concat([...ndjson(3000, 5)])
  const undisturbed = await send(world.url, world.finder, calm, { query: { format: 'weir-ndjson' }, key: 'calm' })
  for (const cut of [0.02, 0.5, 0.95]) await cutUpload(calm, Math.floor(calm.length * cut))
  const rows = () => read<{ rows: ReportRow[] }>(`${world.url}/v1/reports`, world.rival)
  const isCut = async () => (await rows()).rows.some((row) => !row.complete)
  for (let tries = 0; tries < 150 && !(await isCut()); tries++) await pause(200)
  assert.ok(await isCut(), 'no upload was seen to be cut')
  const resumed = await send(world.url, world.rival, calm, { query: { format: 'weir-ndjson' }, key: 'stormy' })
  assert.equal(resumed.answer!.items.length, undisturbed.answer!.items.length)
  const [row] = await grouped(world, [resumed.answer!.report])
  assert.ok(row!.complete)
  assert.deepEqual(row!.counts, { ...undisturbed.answer!.counts, repeated: 0 })
  assert.equal(resumed.answer!.flaws, undisturbed.answer!.flaws)
  assert.equal(new Set(resumed.answer!.items.map((item) => item.receipt)).size, 3000)
})

/** Sends the first `bytes` of the upload and then tears the connection. */
async function cutUpload(body: Buffer, bytes: number): Promise<void> {
  const { hostname, port } = new URL(world.url)
  const head = `POST /v1/reports?format=weir-ndjson HTTP/1.1\r\nhost: ${hostname}:${port}\r\ncookie: ${world.rival}\r\nx-weir: 1\r\nidempotency-key: stormy\r\ncontent-length: ${body.length}\r\n\r\n`
  const socket = connect(Number(port), '127.0.0.1')
  socket.on('error', () => {})
  await new Promise<void>((sent) => socket.write(Buffer.concat([Buffer.from(head), body.subarray(0, bytes)]), () => sent()))
  await pause(250)
  socket.destroy()
  await pause(150)
}

test('a stranger sends one report, follows it by receipt, and proves when it came', async () => {
  const { answer } = await send(world.url, null, line('stranger'), {
    query: { format: 'weir-ndjson' },
    headers: { 'x-weir': '1' },
  })
  const [item] = answer!.items
  assert.deepEqual([item!.outcome, item!.finding, answer!.flaws], ['accepted', null, 0])
  const address = `${world.url}/v1/receipts/${item!.receipt}`
  const status = await read<ReceiptStatus>(address)
  assert.deepEqual([status.outcome, status.state], ['accepted', 'received'])
  const proof = await proved(address)
  const { ledger } = await read<Tally>(`${world.url}/v1/public`)
  const key = parseKey(ledger.key, sha256)!
  const verified = verifyReceipt(proof, { keys: [key], sha256, verifySignature })
  assert.ok(verified.ok, JSON.stringify(verified))
  const changed = { ...proof, statement: { ...(proof['statement'] as object), receivedAt: '2020-01-01T00:00:00.000Z' } }
  assert.equal(verifyReceipt(changed, { keys: [key], sha256, verifySignature }).ok, false)
  assert.equal((await read<ReceiptStatus>(address)).ledger.state, 'recorded')
})

const SPKI = Buffer.from('302a300506032b6570032100', 'hex')
const verifySignature = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean =>
  verify(null, message, createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' }), signature)

async function proved(address: string): Promise<Record<string, unknown>> {
  for (let tries = 0; tries < 150; tries++) {
    const reply = await ask(`${address}/proof`)
    if (reply.status === 200) return JSON.parse(reply.body.toString()) as Record<string, unknown>
    assert.equal(reply.status, 503, reply.body.toString())
    await pause(200)
  }
  throw new Error('no proof in half a minute')
}

test('over its quota an organisation is refused and nothing is stored; another is not touched', async () => {
  const small = await openWorld({ env: { WEIR_QUOTA: '5', WEIR_QUOTA_STRANGERS: '2' } })
  try {
    const body = Array.from({ length: 8 }, (_, n) => line(n)).join('\n')
    const query = { format: 'weir-ndjson' }
    const { answer } = await send(small.url, small.finder, body, { query, key: 'over' })
    assert.equal(answer!.counts.accepted, 5)
    for (const item of answer!.items.slice(5)) {
      assert.deepEqual([item.outcome, item.refusal?.code, item.receipt], ['refused', 'quota.exceeded', null])
    }
    assert.equal((await allFindings(small.url, small.finder)).length, 5)
    const again = await send(small.url, small.finder, body, { query, key: 'over' })
    assert.deepEqual([again.answer!.counts.repeated, again.answer!.counts.refused], [5, 3])
    assert.equal((await send(small.url, small.rival, line(0), { query })).answer!.counts.accepted, 1)
    const strangers = await send(small.url, null, body, { query, headers: { 'x-weir': '1' } })
    assert.deepEqual([strangers.answer!.counts.accepted, strangers.answer!.counts.refused], [2, 6])
    // Refused items leave a row, so they have no more room than others; each still says what is wrong with it.
    const broken = await send(small.url, small.rival, ['{}', '[]', '{"a":1}', '{"b":1}', '{"c":1}', '7'].join('\n'), { query })
    assert.deepEqual(
      broken.answer!.items.map((item) => [item.receipt !== null, item.refusal?.code === 'quota.exceeded']),
      [true, true, true, true, false, false].map((stored) => [stored, false]),
    )
  } finally {
    await small.server.stop()
  }
})

test('after all of it the ledger verifies', async () => {
  assert.equal(await verifyServed(world.url), 'verifies')
})
