import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { after, describe, test } from 'node:test'
import { exposureShell } from '../../devkit/exposure-shell.ts'
import { cacheFolder, keepingFiles } from './feed-cache.ts'
import type { FeedPlace } from './feed-place.ts'

const digest = (text: string) => createHash('sha256').update(text).digest('hex')

describe('files of a signed feed that are kept', () => {
  const { folder, remove } = exposureShell()
  after(remove)
  let runs = 0
  const fresh = () => join(folder, `cache-${runs++}`, 'feeds')

  function server(text: string) {
    const asked: string[] = []
    const place: FeedPlace = {
      name: 'https://weir.example.org',
      isLive: true,
      read: async (file) => {
        asked.push(file)
        return Buffer.from(text)
      },
    }
    return { asked, place }
  }
  const read = async (place: FeedPlace, cache: string, text: string) =>
    Buffer.from((await keepingFiles(place, cache).read('a.ndjson', 100, digest(text)))!).toString()

  test('are fetched once; what changed is fetched, and the manifest always', async () => {
    const cache = fresh()
    const { asked, place } = server('one')
    assert.deepEqual([await read(place, cache, 'one'), await read(place, cache, 'one')], ['one', 'one'])
    assert.deepEqual(asked, ['a.ndjson'])
    await keepingFiles(place, cache).read('feed.json', 100)
    await keepingFiles(place, cache).read('feed.json', 100)
    const next = server('two')
    assert.equal(await read(next.place, cache, 'two'), 'two')
    assert.deepEqual([asked, next.asked], [['a.ndjson', 'feed.json', 'feed.json'], ['a.ndjson']])
    assert.deepEqual(readdirSync(cache).sort(), [digest('one'), digest('two')].sort())
  })

  test('what is not what was signed is not kept, and what was altered since is fetched again', async () => {
    const cache = fresh()
    const { asked, place } = server('one')
    assert.equal(await read(place, cache, 'other'), 'one')
    assert.throws(() => readdirSync(cache))
    await read(place, cache, 'one')
    writeFileSync(join(cache, digest('one')), 'two')
    assert.equal(await read(place, cache, 'one'), 'one')
    assert.equal(readFileSync(join(cache, digest('one')), 'utf8'), 'one')
    assert.equal(asked.length, 3)
  })

  test('a link in place of a file or of the folder is not followed', async () => {
    const cache = fresh()
    const { asked, place } = server('one')
    mkdirSync(cache, { recursive: true })
    writeFileSync(join(folder, 'elsewhere'), 'one')
    symlinkSync(join(folder, 'elsewhere'), join(cache, digest('one')))
    await read(place, cache, 'one')
    const linked = join(folder, 'linked')
    symlinkSync(cache, linked)
    await read(place, linked, 'one')
    assert.equal(asked.length, 2)
  })

  test('where nothing can be kept all is fetched; only the newest files stay', async () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    const { asked, place } = server('one')
    assert.equal(await read(place, join(file, 'feeds'), 'one'), 'one')
    assert.equal(asked.length, 1)
    const cache = fresh()
    for (let n = 0; n < 12; n++) await read(server(`text ${n}`).place, cache, `text ${n}`)
    assert.equal(readdirSync(cache).length, 8)
  })

  test('what a killed command left half written goes, and what another one is writing stays', async () => {
    const cache = fresh()
    await read(server('one').place, cache, 'one')
    const [left, busy] = ['aaaaaaaaaaaa', 'bbbbbbbbbbbb'].map((tail) => join(cache, `${digest('half')}.${tail}`)) as [
      string,
      string,
    ]
    for (const half of [left, busy]) writeFileSync(half, 'ha')
    utimesSync(left, 0, 0)
    await read(server('two').place, cache, 'two')
    assert.deepEqual(readdirSync(cache).sort(), [digest('one'), digest('two'), basename(busy)].sort())
  })

  test('stands where the system keeps caches', () => {
    assert.equal(cacheFolder({ XDG_CACHE_HOME: '/c' }, 'linux'), '/c/weir/feeds')
    assert.match(cacheFolder({}, 'linux'), /\.cache\/weir\/feeds$/)
  })
})
