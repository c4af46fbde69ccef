import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createPublicKey, verify } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { startServerProcess } from '../bench/server-process.ts'
import { ndjson } from '../bench/shapes.ts'
import type { FlawPage, FlawRow } from '../src/contract/shapes/flaw.ts'
import type { LedgerHead } from '../src/contract/shapes/public.ts'
import type { FindingRow, ReportRow } from '../src/contract/shapes/report.ts'
import { parseKey } from '../src/ledger/key.ts'
import { sha256 } from '../src/ledger/sha256.ts'
import { verifyReceipt } from '../src/ledger/verify-receipt.ts'
import { ask, read, send } from './door.ts'
import { verifyServed } from './verify-served.ts'
import { allFindings, control, grouped, openWorld, pause, result, type World } from './world.ts'

// A backup, then more work, then the backup again in a fresh data folder beside the same key folder: what was done is back, and
// the log, which had gone further than the records now say, signs nothing until a person decides.

const home = mkdtempSync(join(tmpdir(), 'weir-restore-'))
const first = join(home, 'first')
const second = join(home, 'second')
const keys = join(home, 'keys')
const file = join(home, 'weir.backup')
const env = { WEIR_KEYS: keys }
let world: World
let atBackup: unknown
let old: { head: LedgerHead; checkpoint: string; proof: unknown }

const head = async () => (await read<{ ledger: LedgerHead }>(`${world.url}/v1/public`)).ledger
const sendSome = async (count: number, seed: number) => {
  const sent = await send(world.url, world.finder, Buffer.concat([...ndjson(count, seed)]), {
    query: { format: 'weir-ndjson' },
    key: `some-${seed}`,
  })
  assert.ok(sent.answer !== null, sent.body.toString())
  await grouped(world, [sent.answer.report])
  return sent.answer
}

/** Everything that finder and coordinator see, without what the clock moves. */
async function standing(): Promise<unknown> {
  const { rows: reports } = await read<{ rows: ReportRow[] }>(`${world.url}/v1/reports`, world.coordinator)
  const { rows: flaws } = await read<{ rows: FlawRow[] }>(`${world.url}/v1/flaws?tab=everything&limit=200`, world.coordinator)
  const pages = await Promise.all(
    flaws.slice(0, 10).map(({ id }) => read<FlawPage>(`${world.url}/v1/flaws/${id}`, world.coordinator)),
  )
  return { reports, flaws, pages, findings: await allFindings<FindingRow>(world.url, world.finder) }
}

async function proofOf(receipt: string): Promise<unknown> {
  for (let tries = 0; tries < 300; tries++) {
    const reply = await ask(`${world.url}/v1/receipts/${receipt}/proof`)
    if (reply.status === 200) return JSON.parse(reply.body.toString())
    await pause(100)
  }
  throw new Error('no proof in half a minute')
}

const SPKI = Buffer.from('302a300506032b6570032100', 'hex')
function verifies(proof: unknown, key: string): boolean {
  const verifySignature = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) =>
    verify(null, message, createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' }), signature)
  return verifyReceipt(proof, { keys: [parseKey(key, sha256)!], sha256, verifySignature }).ok
}

before(async () => {
  world = await openWorld({ data: first, env })
  await sendSome(120, 21)
  atBackup = await standing()
  result(await control(first, { do: 'backup', to: file }))
  // The log goes on for at least two intervals after the backup.
  const from = (await head()).size
  const later = await sendSome(60, 22)
  while ((await head()).size < from + 2) await pause(100)
  const proof = await proofOf(later.items.find((item) => item.outcome === 'accepted')!.receipt!)
  const checkpoint = (await ask(`${world.url}/ledger/checkpoint`)).body.toString()
  old = { head: await head(), checkpoint, proof }
  assert.ok(verifies(old.proof, old.head.key))
  await world.server.stop()
})
after(async () => {
  if (world.server.alive()) await world.server.stop()
  rmSync(home, { recursive: true, force: true })
})

async function bringBack(data: string, keyFolder: string) {
  const keeper = await startServerProcess({ data, maintenance: true, env: { WEIR_KEYS: keyFolder } })
  try {
    return await control(data, { do: 'restore', from: file })
  } finally {
    await keeper.stop()
  }
}

test('a backup is not brought back with other keys or over other records', async () => {
  const other = await bringBack(join(home, 'other'), join(home, 'other-keys'))
  assert.equal(other.event, 'failed', JSON.stringify(other))
  const full = await bringBack(first, keys)
  assert.equal(full.event, 'failed', JSON.stringify(full))
})

test('brought back, everything stands as at the time of the backup', async () => {
  const done = result(await bringBack(second, keys))
  assert.ok(Number(done['rows']) > 200, JSON.stringify(done))
  world = await openWorld({ data: second, env })
  assert.deepEqual(await standing(), atBackup)
})

test('the log of restored records signs nothing, whatever happens and however often it is started', async () => {
  const signsNothing = async () => {
    const now = await head()
    assert.ok(now.stopped !== null, 'the log signs')
    const { status, body } = await ask(`${world.url}/ledger/checkpoint`)
    assert.ok(status === 404 || body.toString() === old.checkpoint, `${status} ${body.toString()}`)
  }
  await signsNothing()
  // Intake goes on, its receipts wait.
  const { counts, items } = await sendSome(40, 23)
  assert.ok(counts.accepted > 10, JSON.stringify(counts))
  await pause(2500)
  await signsNothing()
  const waiting = await ask(`${world.url}/v1/receipts/${items[0]!.receipt}/proof`)
  assert.equal(waiting.status, 503, waiting.body.toString())
  await world.server.stop()
  world = await openWorld({ data: second, env })
  await signsNothing()
  await world.server.kill()
  world = await openWorld({ data: second, env })
  await signsNothing()
  for (const origin of [old.head.origin, '', 'two words']) {
    const refused = await control(second, { do: 'ledger-accept-fork', origin })
    assert.equal(refused.event, 'failed', `${origin} ${JSON.stringify(refused)}`)
  }
  await signsNothing()
})

test('a person goes on as a new log, which verifies, and what the old one signed stays true', async () => {
  const accepted = result(await control(second, { do: 'ledger-accept-fork', origin: 'weir.example/second' }))
  assert.equal(accepted['origin'], 'weir.example/second')
  const { receipt } = (await sendSome(20, 24)).items.find((item) => item.receipt !== null)!
  const proof = await proofOf(receipt!)
  const now = await head()
  assert.deepEqual([now.stopped, now.origin], [null, 'weir.example/second'])
  assert.ok(verifies(proof, now.key) && !verifies(proof, old.head.key))
  assert.ok(verifies(old.proof, old.head.key) && !verifies(old.proof, now.key))
  assert.equal(await verifyServed(world.url), 'verifies')
  assert.equal((await control(second, { do: 'ledger-accept-fork', origin: 'weir.example/third' })).event, 'failed')
  await world.server.stop()
  world = await openWorld({ data: second, env })
  assert.deepEqual([(await head()).stopped, (await head()).key], [null, now.key])
  assert.equal(await verifyServed(world.url), 'verifies')
})

test('records whose keys are gone open nothing, and the server stands', async () => {
  await world.server.stop()
  const titles = (atBackup as { findings: FindingRow[] }).findings.map((row) => row.title)
  // Other keys altogether: not even the records' passwords fit, so the start says no.
  await assert.rejects(startServerProcess({ data: second, env: { WEIR_KEYS: join(home, 'strange-keys') }, quiet: true }))
  // All but the keys of the texts.
  const bare = join(home, 'bare-keys')
  execFileSync('cp', ['-a', keys, bare])
  assert.ok(readdirSync(bare).includes('slots'))
  rmSync(join(bare, 'slots'))
  world = await openWorld({ data: second, env: { WEIR_KEYS: bare } })
  const seen: string[] = []
  const look = async (path: string, cookie: string) => {
    const reply = await ask(world.url + path, { cookie })
    assert.ok(reply.status < 500, `${path} ${reply.status} ${reply.body.toString()}`)
    seen.push(reply.body.toString())
    return JSON.parse(reply.body.toString()) as { rows: { id: string }[] }
  }
  await look('/v1/findings?limit=200', world.finder)
  await look('/v1/reports', world.coordinator)
  await look('/v1/search?q=overflow', world.coordinator)
  const { rows } = await look('/v1/flaws?tab=everything&limit=200', world.coordinator)
  for (const { id } of rows.slice(0, 5)) {
    await look(`/v1/flaws/${id}`, world.coordinator)
    await look(`/v1/flaws/${id}/thread`, world.coordinator)
  }
  assert.ok(rows.length > 0 && seen[0]!.includes('Erased'), seen[0]!.slice(0, 300))
  for (const title of titles) assert.ok(!seen.some((text) => text.includes(title)), title)
  assert.equal((await ask(`${world.url}/healthz`)).status, 200)
  assert.ok((await sendSome(5, 25)).counts.accepted > 0)
})
