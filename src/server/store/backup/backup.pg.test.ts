import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { createReadStream, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { zstdCompress } from 'node:zlib'
import type pg from 'pg'
import { memoryBlobs } from '../../../devkit/memory-blobs.ts'
import { memoryKeys } from '../../../devkit/memory-keys.ts'
import { type FreshDatabase, withDatabase } from '../../../devkit/pg.ts'
import type { BlobName } from '../blobs/blob-store.ts'
import { putBlob } from '../blobs/sealed-blob.ts'
import { withClient } from '../postgres/roles.ts'
import { readTables } from './catalogue.ts'
import { BackupRefused } from './frame.ts'
import { restore } from './restore.ts'
import { backupToFile, writeBackup } from './write.ts'

const now = new Date('2026-11-21T12:00:00Z')
const owner = <T>(database: FreshDatabase, work: (client: pg.Client) => Promise<T>) => withClient(database.connect.owner, work)

/** A little of everything that is awkward: nulls, bytes, arrays, references, an identity, a job under way, more than one frame. */
async function fill(database: FreshDatabase): Promise<void> {
  await owner(database, async (client) => {
    await client.query('set search_path to weir')
    await client.query(`insert into organisation values ('org_1', E'tab\\tand \\\\ and "ü"', 'finder', now())`)
    await client.query(`insert into person values ('per_1', 'org_1', 'A', null, '{a,"b,c"}', 'active', now(), null)`)
    await client.query(`insert into invite values ('inv_1', '\\x00ff', 'org_1', null, '{}', 'per_1', now(), now(), null)`)
    await client.query(
      `insert into cluster_queue (target_key, finding_id, report_id) select '\\x01', 'fnd_' || n, 'rpt_1' from generate_series(1, 5) n`,
    )
    await client.query(
      `insert into event select 'report', n::text, 1, 'opened', now(), 'x', '{"a": [1, "\\u00fc"]}', n from generate_series(1, 2000) n`,
    )
    await client.query('update sequencer set last = 2000')
    await client.query(
      `insert into pgboss.job (name, data, state, started_on) select name, '{"id": 1}', 'active', now() from pgboss.queue where not partition limit 1`,
    )
  })
}

/** Every row of every table, as text. */
async function dump(client: pg.Client): Promise<Record<string, unknown>> {
  const out: Record<string, unknown> = {}
  for (const { schema, name } of await readTables(client)) {
    if (schema === 'pgboss') continue
    out[name] = (
      await client.query(
        `select count(*)::int as n, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum from ${schema}.${name} t`,
      )
    ).rows[0]
  }
  return out
}

async function setUp(database: FreshDatabase) {
  await fill(database)
  const blobs = memoryBlobs()
  const [key] = await database.keys.allocate(1)
  await putBlob(blobs, database.keys, key!, [randomBytes(1_200_000)] as never, 1e8, randomBytes)
  const source = (client: pg.Client) => ({ client, blobs, keys: database.keys, now })
  const bytes = await owner(database, async (client) => Buffer.concat(await all(writeBackup(source(client)))))
  return { blobs, bytes, source }
}

test('a restored backup is the same database, with the same blobs, and goes on where it stood', async (t) => {
  await withDatabase(t, async (first) => {
    const { blobs, bytes } = await setUp(first)
    await withDatabase(t, async (second) => {
      const held = new Map<BlobName, Buffer>()
      const done = await owner(second, (client) =>
        restore(chunks(bytes), { client, blobs: memoryBlobs(held), keys: first.keys }),
      )
      assert.equal(done.blobs, 1)
      assert.equal(done.madeAt, now.toISOString())
      for await (const name of blobs.names())
        assert.deepEqual(held.get(name), Buffer.concat((await all(blobs.read(name))) as Buffer[]))
      assert.deepEqual(await owner(second, dump), await owner(first, dump))
      await owner(second, async (client) => {
        const { rows } = await client.query(
          `insert into weir.cluster_queue (target_key, finding_id, report_id) values ('\\x01', 'f', 'r') returning position`,
        )
        assert.equal(String(rows[0].position), '6')
        assert.deepEqual((await client.query('select state, data from pgboss.job')).rows, [{ state: 'retry', data: { id: 1 } }])
      })
    })
  })
})

test('a letter that waited when the backup was made is not sent a second time by itself', async (t) => {
  await withDatabase(t, async (first) => {
    await owner(first, async (client) => {
      for (const [n, state] of ['draft', 'queued', 'sending', 'sent'].entries())
        await client.query(
          `insert into weir.letter (case_id, id, version, state, template, key_slot, body, made_at) values ('c', $1, 1, $2, 't', 1, '\\x00', now())`,
          [`l${n}`, state],
        )
    })
    const { bytes } = await setUp(first)
    await withDatabase(t, async (second) => {
      await owner(second, (client) => restore(chunks(bytes), { client, blobs: memoryBlobs(), keys: first.keys }))
      const { rows } = await owner(second, (client) => client.query('select state from weir.letter order by id'))
      assert.deepEqual(
        rows.map(({ state }) => state),
        ['draft', 'unsure', 'unsure', 'sent'],
      )
    })
  })
})

test("the server's own role backs up everything, and what changes meanwhile is left out", async (t) => {
  await withDatabase(t, async (database) => {
    const { bytes, source } = await setUp(database)
    await withClient(database.connect.app, async (client) => {
      const pieces = writeBackup(source(client))
      const out = [(await pieces.next()).value as Buffer, (await pieces.next()).value as Buffer]
      await database.owner.query(`insert into weir.organisation values ('org_2', 'late', 'finder', now())`)
      for await (const piece of pieces) out.push(piece)
      // Only where the sequences stood and the compressed sizes could differ, and nothing moved them.
      assert.equal(Buffer.concat(out).length, bytes.length)
    })
  })
})

test('a database in which something was done is not restored into', async (t) => {
  await withDatabase(t, async (database) => {
    const { blobs, bytes } = await setUp(database)
    await owner(database, async (client) => {
      const before = await dump(client)
      await assert.rejects(restore(chunks(bytes), { client, blobs, keys: database.keys }), /holds data already/)
      assert.deepEqual(await dump(client), before)
    })
  })
})

test('cut, changed, lengthened and foreign backups are refused and leave nothing', async (t) => {
  await withDatabase(t, async (first) => {
    const { bytes } = await setUp(first)
    await withDatabase(t, async (second) => {
      const held = new Map<BlobName, Buffer>()
      await owner(second, async (client) => {
        const before = await dump(client)
        const refused = async (spoilt: Buffer, why: string, keys = first.keys) => {
          await assert.rejects(restore(chunks(spoilt), { client, blobs: memoryBlobs(held), keys }), BackupRefused, why)
          assert.equal(held.size, 0, why)
        }
        for (const cut of [0, 7, 8, 12, 40, 5_000, bytes.length >> 1, bytes.length - 1000, bytes.length - 1])
          await refused(bytes.subarray(0, cut), `cut at ${cut}`)
        for (let i = 0; i < 24; i++) {
          const changed = Buffer.from(bytes)
          const at = Math.floor((i * bytes.length) / 24) + (i % 7)
          changed[at]! ^= 0x40
          await refused(changed, `changed at ${at}`)
        }
        await refused(Buffer.concat([bytes, bytes.subarray(8, 20)]), 'lengthened')
        await refused(bytes, 'made with another key store', memoryKeys(randomBytes))
        await refused(randomBytes(100_000), 'noise')
        assert.deepEqual(await dump(client), before)
      })
    })
  })
})

test('hostile frames: impossible lengths, bombs, unknown kinds, wrong shapes', async (t) => {
  await withDatabase(t, async (database) => {
    const magic = Buffer.from('WEIRBKP1')
    const bomb = await promisify(zstdCompress)(Buffer.alloc(64 << 20))
    const hostile: Record<string, Buffer> = {
      'four gigabytes announced': Buffer.concat([magic, Buffer.from([3, 255, 255, 255, 255])]),
      'unknown kind': Buffer.concat([magic, frame(9, Buffer.from('{}'))]),
      'data first': Buffer.concat([magic, frame(3, bomb)]),
      'no object': Buffer.concat([magic, frame(1, Buffer.from('[]'))]),
      'deep object': Buffer.concat([magic, frame(1, Buffer.from('['.repeat(1_000_000)))]),
      'later version': Buffer.concat([magic, frame(1, Buffer.from('{"version":2}'))]),
      'wrong shapes': Buffer.concat([
        magic,
        frame(1, Buffer.from('{"version":1,"schema":"x","jobs":"1","madeAt":"","tables":[null],"sequences":{}}')),
      ]),
      'other level': Buffer.concat([
        magic,
        frame(1, Buffer.from('{"version":1,"schema":"9999-later","jobs":"1","madeAt":"","tables":[],"sequences":[]}')),
      ]),
    }
    const { bytes } = await setUp(database)
    // A manifest that fits, then a bomb where the first table's rows should be.
    const manifest = bytes.subarray(0, 8 + 5 + bytes.readUInt32BE(9))
    const start = bytes.subarray(manifest.length, manifest.length + 5 + bytes.readUInt32BE(manifest.length + 1))
    hostile['bomb'] = Buffer.concat([manifest, start, frame(3, bomb)])
    hostile['rows that are none'] = Buffer.concat([
      manifest,
      start,
      frame(3, await promisify(zstdCompress)(Buffer.from('PGCOPY\n\xff\r\n\0 nonsense', 'latin1'))),
    ])
    await withDatabase(t, async (second) => {
      await owner(second, async (client) => {
        for (const [why, file] of Object.entries(hostile))
          await assert.rejects(restore(chunks(file), { client, blobs: memoryBlobs(), keys: database.keys }), BackupRefused, why)
        // The connection is still fit for a good one.
        await restore(chunks(bytes), { client, blobs: memoryBlobs(), keys: database.keys })
      })
    })
  })
})

test('a file is 0600, whole or not there, and never written over', async (t) => {
  const home = mkdtempSync(join(tmpdir(), 'weir-backup-'))
  try {
    await withDatabase(t, async (first) => {
      const { source } = await setUp(first)
      const path = join(home, 'a.weir')
      await owner(first, async (client) => {
        const done = await backupToFile(path, source(client))
        assert.equal(done.bytes, statSync(path).size)
        assert.equal(statSync(path).mode & 0o777, 0o600)
        writeFileSync(join(home, 'b.weir'), 'mine')
        await assert.rejects(backupToFile(join(home, 'b.weir'), source(client)), { code: 'EEXIST' })
        assert.equal(readFileSync(join(home, 'b.weir'), 'utf8'), 'mine')
        assert.equal(existsSync(join(home, 'b.weir.partial')), false)
        assert.equal(readFileSync(path).includes(first.keys.secret('backup')), false)
        const key = first.keys.get([1])[0]!
        assert.equal(readFileSync(path).includes(key), false)
      })
      await withDatabase(t, (second) =>
        owner(second, (client) => restore(createReadStream(path), { client, blobs: memoryBlobs(), keys: first.keys })),
      )
    })
  } finally {
    rmSync(home, { recursive: true })
  }
})

function frame(kind: number, payload: Buffer): Buffer {
  const head = Buffer.from([kind, 0, 0, 0, 0])
  head.writeUInt32BE(payload.length, 1)
  return Buffer.concat([head, payload])
}

async function* chunks(bytes: Buffer) {
  for (let at = 0; at < bytes.length; at += 65_000) yield bytes.subarray(at, at + 65_000)
}

async function all<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const out: T[] = []
  for await (const part of stream) out.push(part)
  return out
}
