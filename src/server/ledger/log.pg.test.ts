import assert from 'node:assert/strict'
import { createPublicKey, randomBytes, verify } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { brokenStore, Cut, type Fate } from '../../devkit/broken-store.ts'
import { crashIn, item, openDesk, type TestDesk } from '../../devkit/desk.ts'
import { type FreshDatabase, withDatabase } from '../../devkit/pg.ts'
import { parseKey } from '../../ledger/key.ts'
import { verifyLog } from '../../ledger/verify-log.ts'
import { verifyReceipt } from '../../ledger/verify-receipt.ts'
import { proveReceipt } from '../app/findings/prove-receipt.ts'
import { inTransaction } from '../store/connection.ts'
import { turnClock } from './close-interval.ts'
import { Log } from './log.ts'
import { openInterval } from './open-interval.ts'
import { sha256 } from './secrets.ts'

const SPKI = Buffer.from('302a300506032b6570032100', 'hex')
const verifySignature = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) =>
  verify(null, message, createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' }), signature)

interface Room extends FreshDatabase {
  readonly desk: TestDesk
  readonly folder: string
  start(): Promise<Log>
}

async function withLog(t: Parameters<typeof withDatabase>[0], work: (room: Room) => Promise<void>): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'weir-log-'))
  const folder = join(home, 'ledger')
  try {
    await withDatabase(t, async (database) => {
      const desk = await openDesk(database)
      await work({ ...database, desk, folder, start: () => Log.start(desk.intake, folder) })
    })
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

const trust = (log: Log) => ({ keys: [parseKey(log.status.key, sha256)!], sha256, verifySignature })

/** Verifies the files as a stranger would; with an older note also that the log grew from there. Gives the note. */
function walk(room: Room, log: Log, known?: string): string {
  const reading = verifyLog({ ...trust(log), depth: 'full', ...(known === undefined ? {} : { known }) })
  let step = reading.next()
  while (!step.done) {
    const path = join(room.folder, step.value)
    step = reading.next(existsSync(path) ? readFileSync(path) : null)
  }
  assert.deepEqual(step.value.problems, [])
  assert.equal(step.value.intervals.count, log.status.size)
  assert.equal(step.value.intervals.gaps, 0)
  return step.value.note!
}

async function send({ desk }: Room, n: number): Promise<string[]> {
  desk.time.now += 100
  const items = Array.from({ length: n }, (_, i) => item(crashIn(`at_${desk.time.now}_${i}`)))
  return (await desk.take(await desk.sender('Halyard Labs'), items)).map(({ answer }) => answer.receipt!)
}

async function turn({ desk }: Room, log: Log): Promise<void> {
  desk.time.now += 60_000
  await log.turn()
}

async function proves({ desk }: Room, log: Log, receipt: string): Promise<void> {
  const proof = await proveReceipt(desk.intake, log, receipt)
  assert.ok(proof.ok, JSON.stringify(proof))
  const verified = verifyReceipt(JSON.parse(JSON.stringify(proof.value)), trust(log))
  assert.ok(verified.ok, JSON.stringify(verified))
  const { statement, interval } = verified.receipt
  const at = Date.parse((statement as { receivedAt: string }).receivedAt)
  assert.ok(interval.from <= at && at <= interval.to, `${at} in ${interval.from} to ${interval.to}`)
}

test('an interval has its leaf whether anything was committed in it or not, and nobody can tell by the leaf', async (t) => {
  await withLog(t, async (room) => {
    const log = await room.start()
    const first = walk(room, log)
    await turn(room, log)
    const receipts = await send(room, 3)
    const pending = await proveReceipt(room.desk.intake, log, receipts[0]!)
    assert.equal(pending.ok ? 'proved' : pending.code, 'server.unavailable')
    await turn(room, log)
    await turn(room, log)
    assert.equal(log.status.size, 3)
    walk(room, log, first)
    for (const receipt of receipts) await proves(room, log, receipt)
    const { rows } = await room.owner.query<{ length: number }>('select distinct length(leaf) from weir.ledger_leaf')
    assert.equal(rows.length, 1)
  })
})

test('receipts of an interval too large to rebuild prove from its stored buckets', async (t) => {
  await withLog(t, async (room) => {
    const log = await room.start()
    const receipts: string[] = []
    for (let n = 0; n < 3; n++) receipts.push(...(await send(room, 720)))
    await turn(room, log)
    const { rows } = await room.owner.query('select buckets is null as few from weir.ledger_interval')
    assert.deepEqual(rows, [{ few: false }])
    for (const n of [0, 1, 719, 720, 1500, 2159]) await proves(room, log, receipts[n]!)
    walk(room, log)
  })
})

test('what began before the clock turned is in the interval it began in', async (t) => {
  await withLog(t, async (room) => {
    const log = await room.start()
    let turning: Promise<void> | null = null
    let turned = false
    await inTransaction(room.store, 'none', async (tx) => {
      const { index } = await openInterval(tx, room.keys)
      assert.equal(index, 0)
      turning = turnClock(room.store, room.desk.time.now + 60_000).then(() => {
        turned = true
      })
      await new Promise((go) => setTimeout(go, 100))
      assert.equal(turned, false)
    })
    await turning
    assert.equal((await inTransaction(room.store, 'none', (tx) => openInterval(tx, room.keys))).index, 1)
    await turn(room, log)
    assert.equal(log.status.size, 2)
  })
})

test('intake goes on while an interval’s tree is built', async (t) => {
  await withLog(t, async (room) => {
    await send(room, 5)
    let meanwhile: string[] = []
    const store = brokenStore(room.store, async (text): Promise<Fate> => {
      if (text.includes('insert into "ledger_leaf"') && meanwhile.length === 0) meanwhile = await send(room, 1)
      return 'well'
    })
    const log = await Log.start({ ...room.desk.intake, store }, room.folder)
    room.desk.time.now += 60_000
    await log.turn()
    assert.equal(meanwhile.length, 1)
    await turn(room, log)
    await proves(room, log, meanwhile[0]!)
  })
})

test('intervals that ended but have no leaf yet get it after a restart, each with its own times', async (t) => {
  await withLog(t, async (room) => {
    await room.start()
    const early = await send(room, 2)
    // The clock turned, then the process ended.
    room.desk.time.now += 60_000
    await turnClock(room.store, room.desk.time.now)
    const late = await send(room, 2)
    const log = await room.start()
    await turn(room, log)
    assert.equal(log.status.size, 2)
    for (const receipt of [...early, ...late]) await proves(room, log, receipt)
    walk(room, log)
  })
})

test('a publish cut at any step goes on at the next start, and never tells two histories', async (t) => {
  await withLog(t, async (room) => {
    let known = walk(room, await room.start())
    const { keys } = room
    for (let cut = 0; cut < 24; cut++) {
      let steps = 0
      const step = () => {
        if (steps++ === cut) throw new Cut('the process ended')
      }
      const store = brokenStore(room.store, (text) => {
        step()
        return text === 'commit' && cut % 2 ? 'unheard' : 'well'
      })
      const head = {
        read: () => keys.head.read(),
        swap: async (...args: Parameters<typeof keys.head.swap>) => {
          step()
          const swapped = await keys.head.swap(...args)
          step()
          return swapped
        },
      }
      const ground = { ...room.desk.intake, store: cut % 2 ? room.store : store, keys: { ...keys, head } }
      const log = await Log.start(ground, room.folder).catch(() => null)
      room.desk.time.now += 60_000
      await log?.turn().catch((error: Error) => assert.ok(error instanceof Cut, error.stack))
      const again = await room.start()
      assert.equal(again.status.stopped, null)
      known = walk(room, again, known)
    }
  })
})

test('files that are missing or spoilt are written again from the records', async (t) => {
  await withLog(t, async (room) => {
    const log = await room.start()
    for (let n = 0; n < 258; n++) await turn(room, log)
    const known = walk(room, log)
    const files = readdirSync(room.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
    const needed = files.filter((path) => !path.includes('.p/') || path.endsWith(`${258 % 256}`) || path.includes('/1/'))
    for (const path of needed) {
      renameSync(path, `${path}.away`)
      walk(room, await room.start(), known)
      rmSync(`${path}.away`)
    }
    writeFileSync(join(room.folder, 'checkpoint'), 'nothing')
    walk(room, await room.start(), known)
    rmSync(room.folder, { recursive: true })
    walk(room, await room.start(), known)
  })
})

test('with older records the log halts and signs nothing, until a person accepts the fork under a new origin', async (t) => {
  await withLog(t, async (room) => {
    const log = await room.start()
    for (let n = 0; n < 3; n++) await turn(room, log)
    const note = readFileSync(join(room.folder, 'checkpoint'), 'utf8')
    await room.owner.query(
      'delete from weir.ledger_leaf where index = 2; delete from weir.ledger_interval where index = 2; update weir.ledger_clock set open_interval = 2',
    )
    const behind = await room.start()
    assert.equal(behind.status.stopped, 'ledger.head-behind')
    assert.equal((await behind.acceptFork('per_a', behind.status.origin)).ok, false)
    // Sealing goes on, so the records soon hold as many leaves as were signed: others.
    await turn(room, behind)
    assert.equal(readFileSync(join(room.folder, 'checkpoint'), 'utf8'), note)
    const differs = await room.start()
    assert.equal(differs.status.stopped, 'ledger.head-differs')
    assert.equal(readFileSync(join(room.folder, 'checkpoint'), 'utf8'), note)
    const receipts = await send(room, 1)
    assert.deepEqual(await differs.acceptFork('per_a', 'weir.invalid/second'), { ok: true })
    assert.equal(differs.status.stopped, null)
    await turn(room, differs)
    const forked = walk(room, differs)
    assert.match(forked, /^weir\.invalid\/second\n/)
    await proves(room, differs, receipts[0]!)
    const again = await room.start()
    assert.deepEqual([again.status.stopped, again.status.origin], [null, 'weir.invalid/second'])
    walk(room, again, forked)
  })
})

test('a log whose outside head is gone halts; a rewritten leaf does too', async (t) => {
  await withLog(t, async (room) => {
    const log = await room.start()
    await turn(room, log)
    const keys = { ...room.keys, head: { ...room.keys.head, read: () => null } }
    const missing = await Log.start({ ...room.desk.intake, keys }, room.folder)
    assert.equal(missing.status.stopped, 'ledger.head-missing')
    await room.owner.query('update weir.ledger_leaf set leaf = $1 where index = 0', [randomBytes(64)])
    assert.equal((await room.start()).status.stopped, 'ledger.head-differs')
  })
})

test('another writer of the head stops this one before it signs', async (t) => {
  await withLog(t, async (room) => {
    const log = await room.start()
    await turn(room, log)
    const note = readFileSync(join(room.folder, 'checkpoint'), 'utf8')
    const keys = { ...room.keys, head: { read: () => room.keys.head.read(), swap: async () => false } }
    const second = await Log.start({ ...room.desk.intake, keys }, room.folder)
    await turn(room, second)
    assert.equal(second.status.stopped, 'ledger.head-differs')
    const { 0: origin, 1: size } = readFileSync(join(room.folder, 'checkpoint'), 'utf8').split('\n')
    assert.deepEqual([origin, size], note.split('\n').slice(0, 2))
  })
})
