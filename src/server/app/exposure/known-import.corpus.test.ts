import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { zstdDecompressSync } from 'node:zlib'
import { buildIndex } from '../../../core/exposure/advisory-index.ts'
import type { AdvisoryRecord } from '../../../core/exposure/advisory-record.ts'
import { component } from '../../../core/exposure/advisory-samples.ts'
import { joinAliases } from '../../../core/exposure/aliases/join-aliases.ts'
import { lookUp } from '../../../core/exposure/look-up.ts'
import { kevChanges } from '../../../core/exposure/obligation/kev-changes.ts'
import type { KevEntry } from '../../../core/exposure/obligation/signals.ts'
import { instant } from '../../../core/kernel/instant.ts'
import { memoryBlobs } from '../../../devkit/memory-blobs.ts'
import { freshDatabase } from '../../../devkit/pg.ts'
import { FEED_HEAD, feedFile } from '../../../formats/known/feed-file.ts'
import type { KnownEntry } from '../../../formats/known/known-entry.ts'
import type { KnownChange } from './known-book.ts'
import { knownDesk } from './known-desk.ts'
import { takeKnown } from './known-import.ts'

const CORPUS = join(process.env['WEIR_CORPUS'] ?? '/nonexistent', 'exposure')
const SKIP = existsSync(CORPUS) ? false : 'WEIR_CORPUS is not set: real records are not taken in'

/** What a file says, read without a server. */
function entriesOf(path: string): KnownEntry[] {
  const bytes = zstdDecompressSync(readFileSync(join(CORPUS, path)))
  const file = feedFile(bytes.subarray(0, FEED_HEAD))!
  const items = [...file.push(bytes), ...file.end()]
  return items.flatMap((item) => (item.ok ? item.entries : []))
}

function listings(path: string): Map<string, KevEntry> {
  return new Map(
    entriesOf(path).flatMap((entry) => (entry.of === 'kev' ? [[entry.row.entry.cve, entry.row.entry] as const] : [])),
  )
}

describe('public records on a server', { skip: SKIP }, () => {
  test('answer as they do without one, and a newer catalogue tells exactly what it changes', async () => {
    const database = await freshDatabase()
    try {
      const ground = { store: database.store, keys: database.keys, blobs: memoryBlobs(), random: (n: number) => randomBytes(n) }
      const desk = knownDesk({ ...ground, clock: () => instant(Date.UTC(2026, 10, 21)) }, assert.ifError)
      await desk.follower.follow()
      const changes: KnownChange[] = []
      desk.book.onChange((change) => changes.push(change))
      const take = async (path: string) => {
        const source = createReadStream(join(CORPUS, path)) as AsyncIterable<Uint8Array>
        const taken = await takeKnown(desk, { source, feed: path, kind: null, whole: null }, null)
        assert.ok(taken.ok)
        assert.equal(taken.value.setAsideCount, 0, path)
        await desk.follower.follow()
        return taken.value
      }
      const files = ['advisories/osv-npm.ndjson.zst', 'advisories/osv-crates.io.ndjson.zst']
      for (const file of files) await take(file)
      const records = files
        .flatMap(entriesOf)
        .flatMap((entry): AdvisoryRecord[] => (entry.of === 'record' ? [entry.record] : []))
      const index = buildIndex(records)
      const joined = joinAliases(records)
      assert.equal(desk.book.size.records, index.records.size)
      assert.equal(desk.book.flaws, joined.groups.length)
      let found = 0
      for (const { id, affected } of records) {
        assert.deepEqual(desk.book.groupOf(id), joined.groupOf(id))
        const key = affected[0]?.key
        if (key === undefined) continue
        for (const version of ['0.1.0', '1.2.3', '4.17.20']) {
          const one = component(`pkg:${key}@${version}`)
          const answer = desk.book.lookUp(one)
          assert.deepEqual(answer, lookUp(index, one))
          found += answer.length
        }
      }
      assert.ok(found > 1000)
      const [older, newer] = ['priority/kev-2025-08-25.json.zst', 'priority/kev-2025-11-18.csv.zst'] as const
      assert.equal((await take(older)).fresh, 1404)
      changes.length = 0
      await take(newer)
      const said = { by: 'feed:kev', source: 'x', at: instant(0) }
      const wanted = kevChanges(listings(older), listings(newer), said).map(({ cve }) => cve)
      assert.ok(wanted.length >= 56)
      assert.deepEqual(changes.flatMap(({ cves }) => [...cves]).sort(), wanted.toSorted())
      assert.equal(desk.book.signals.kev?.entries.size, 1460)
      assert.equal((await take(older)).outdated, true)
    } finally {
      await database.close()
    }
  })
})
