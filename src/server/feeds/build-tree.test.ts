import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import type { Edition } from '../../core/advisories/edition.ts'
import { DAY, instant } from '../../core/kernel/instant.ts'
import { SAMPLE_PUBLISHER, sampleEdition } from '../../devkit/sample-edition.ts'
import { buildTree } from './build-tree.ts'
import { scanTree } from './scan-tree.ts'
import { currentTree } from './tree-draft.ts'

const AT = instant(Date.UTC(2030, 0, 1))
const SECRET = 'Overflow <in> the "frobnicator" & co'

const editions = (from: number, count: number): Edition[] => Array.from({ length: count }, (_, n) => sampleEdition(from + n))

function withSecret(edition: Edition): Edition {
  return { ...edition, content: { ...edition.content, title: SECRET, summary: `About ${SECRET}.` } }
}

describe('the public tree', () => {
  const top = mkdtempSync(join(tmpdir(), 'weir-tree-'))
  after(() => rmSync(top, { recursive: true, force: true }))

  const build = (name: string, advisories: readonly Edition[], at = AT) =>
    buildTree({ folder: join(top, name), advisories, publisher: SAMPLE_PUBLISHER, at })
  const read = (name: string, path: string) => readFileSync(join(top, name, 'current', path), 'utf8')

  test('has every rendering, lists that name exactly what is there, and digests that are right', () => {
    const all = editions(1, 30)
    const built = build('whole', all)
    assert.equal(built.switched, true)
    assert.equal(built.changed, built.files)
    const files = readdirSync(join(top, 'whole', 'current'), { recursive: true, withFileTypes: true }).filter((one) =>
      one.isFile(),
    )
    assert.equal(files.length, built.files)
    const listed = read('whole', 'csaf/index.txt').trimEnd().split('\n')
    assert.equal(listed.length, 30)
    for (const path of listed) {
      const text = read('whole', `csaf/${path}`)
      assert.equal(JSON.parse(text).document.tracking.id, path.slice(5, -5))
      for (const algorithm of ['sha256', 'sha512']) {
        const digest = createHash(algorithm).update(text).digest('hex')
        assert.equal(read('whole', `csaf/${path}.${algorithm}`), `${digest}  ${path.slice(5)}\n`)
      }
    }
    assert.match(read('whole', 'csaf/changes.csv'), /^("\d{4}\/adv_[0-9a-z]{24}\.json","[0-9TZ:.-]{24}"\n){30}$/)
    assert.equal(JSON.parse(read('whole', 'csaf/feed-tlp-white.json')).feed.entry.length, 30)
    const index = JSON.parse(read('whole', 'advisories/index.json')).advisories
    const records = index.flatMap(({ osv, cve }: { osv: string[]; cve: string[] }) => [...osv, ...cve])
    for (const path of records) JSON.parse(read('whole', path))
    const ndjson = read('whole', 'osv/all.ndjson').trimEnd().split('\n')
    assert.equal(ndjson.length, records.filter((path: string) => path.startsWith('osv/')).length)
    for (const line of ndjson) assert.deepEqual(JSON.parse(line), JSON.parse(read('whole', `osv/${JSON.parse(line).id}.json`)))
    assert.ok(index.some(({ state }: { state: string }) => state === 'withdrawn'))
  })

  test('its provider metadata is valid by the official schema', () => {
    const vendored = new URL('../../../third-party/csaf-schema/provider_json_schema.json', import.meta.url)
    const schema = JSON.parse(readFileSync(vendored, 'utf8'))
    // The one reference outwards, to CSAF's publisher, is held by the checker of whole documents.
    schema.properties.publisher = { type: 'object', required: ['category', 'name', 'namespace'] }
    const ajv = new Ajv2020({ strict: false })
    formats.default(ajv)
    build('metadata', [])
    const metadata: { last_updated: string } = JSON.parse(read('metadata', '.well-known/csaf/provider-metadata.json'))
    assert.ok(ajv.compile(schema)(metadata), JSON.stringify(metadata))
    assert.equal(metadata.last_updated, '2030-01-01T00:00:00.000Z')
  })

  test('built again it does not move; one more advisory writes its own files and the lists only', () => {
    const all = editions(100, 20)
    build('grown', all)
    const before = currentTree(join(top, 'grown'))
    const same = build('grown', [...all].reverse(), instant(AT + DAY))
    assert.deepEqual([same.switched, same.changed], [false, 0])
    assert.equal(currentTree(join(top, 'grown')), before)
    const path = `current/csaf/${read('grown', 'csaf/index.txt').split('\n')[0]}`
    const inode = statSync(join(top, 'grown', path)).ino
    const one = sampleEdition(500)
    const grown = build('grown', [...all, one])
    assert.equal(grown.switched, true)
    assert.ok(grown.changed <= 6 + 3 + 2 * one.content.flaws.length, `${grown.changed} files written`)
    assert.equal(statSync(join(top, 'grown', path)).ino, inode)
    assert.equal(build('grown', all).switched, true)
    assert.equal(read('grown', 'csaf/index.txt').trimEnd().split('\n').length, 20)
    assert.ok(readdirSync(join(top, 'grown')).filter((name) => /^tree-\d+$/.test(name)).length <= 2)
  })

  test('a file that was lost or cut is written again', () => {
    const all = editions(700, 3)
    build('mended', all)
    const [first, second] = read('mended', 'csaf/index.txt').split('\n')
    rmSync(join(top, 'mended/current/csaf', first!))
    truncateSync(join(top, 'mended/current/csaf', second!), 5)
    const mended = build('mended', all)
    assert.equal(mended.changed, 2)
    JSON.parse(read('mended', `csaf/${first}`))
    JSON.parse(read('mended', `csaf/${second}`))
  })

  test('nothing of what is not for everyone, or not yet, is in it', () => {
    const [shown, later, amber] = editions(900, 3) as [Edition, Edition, Edition]
    const soon = withSecret({ ...later, released: instant(AT + 1), updated: instant(AT + 1) })
    const kept = withSecret({
      ...amber,
      content: { ...amber.content, distribution: { tlp: 'AMBER', text: null } },
    })
    const built = build('hidden', [shown, soon, kept])
    assert.deepEqual(new Set(built.left), new Set([later.id, amber.id]))
    const secrets = [SECRET, later.id, amber.id, ...later.content.flaws.map(({ id }) => id.slice(4))]
    assert.deepEqual(scanTree(join(top, 'hidden'), secrets), [])
    build('hidden', [shown, soon], instant(AT + 1))
    const leaks = scanTree(join(top, 'hidden', 'current/'), secrets)
    const found = new Set(leaks.filter(({ secret }) => secret === 0).map(({ path }) => path.replace(/\d{4}.*/, '')))
    assert.deepEqual(found, new Set(['advisories/index.json', 'csaf/', 'csaf/feed-tlp-white.json', 'feed.atom']))
    assert.ok(leaks.some(({ secret }) => secret === 1))
    assert.ok(!leaks.some(({ secret }) => secret === 2))
  })
})
