import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { buildIndex } from '../../core/exposure/advisory-index.ts'
import { lookUp } from '../../core/exposure/look-up.ts'
import { heldFlaws, joinedFor } from './held-flaws.ts'
import { readInventories } from './inventories.ts'
import { readFeed } from './read-feed.ts'
import { RecordsRead } from './records-read.ts'

const CORPUS = join(process.env['WEIR_CORPUS'] ?? '/nonexistent', 'exposure')
const skip = existsSync(CORPUS) ? false : 'WEIR_CORPUS is not set: a feed read in part is not held against one read whole'

test('records of which only what an inventory names is read come to the same flaws as whole ones', { skip }, async () => {
  const feeds = ['osv-npm', 'osv-pypi', 'osv-crates.io', 'osv-go'].map((name) => join(CORPUS, `advisories/${name}.ndjson.zst`))
  const whole = new RecordsRead()
  await readFeed(feeds, whole)
  const flawsOf = async (sbom: string, records: (wanted: ReadonlySet<string>) => Promise<RecordsRead>) => {
    let used = whole
    const read = await readInventories([sbom], {
      records: async (wanted) => {
        used = await records(wanted!)
        const index = buildIndex(used.records)
        return (component) => lookUp(index, component)
      },
      distribution: null,
      recordsFirst: false,
      see: () => {},
      progress: () => {},
    })
    const { affected, unknown } = heldFlaws(read, joinedFor(used.records, read), [])
    return { counts: used.counts, aside: used.aside, flaws: { affected, unknown } }
  }
  const folder = join(CORPUS, 'sbom/cyclonedx')
  let found = 0
  for (const name of readdirSync(folder).filter((one) =>
    /^(?:juice-shop-11|protonmail|proton-bridge-1\.8|plugfest-trivy)/.test(one),
  )) {
    let full = 0
    const part = await flawsOf(join(folder, name), async (wanted) => {
      const some = new RecordsRead((key) => wanted.has(key))
      await readFeed(feeds, some)
      full = some.records.filter(({ affected }) => affected.length > 0).length
      return some
    })
    const all = await flawsOf(join(folder, name), async () => whole)
    assert.deepEqual(part, all, name)
    assert.ok(full > 0 && full < whole.records.length / 4, `${full} records are read whole for ${name}`)
    found += part.flaws.affected.length
  }
  assert.ok(found > 100)
})
