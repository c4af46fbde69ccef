import assert from 'node:assert/strict'
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { instant } from '../../core/kernel/instant.ts'
import { exposureShell } from '../../devkit/exposure-shell.ts'
import { publishFeed } from '../../devkit/sample-feed.ts'
import { feedText, parseFeed, signFeed } from '../../ledger/feed-manifest.ts'
import { formatKey, noteKey } from '../../ledger/key.ts'
import { signNote } from '../../ledger/note.ts'
import { EXIT, Stop } from '../exit.ts'
import { sha256 } from '../log/trust.ts'
import { readFeeds } from './feed-given.ts'
import { feedAtAddress, feedFolder, feedInFolder } from './feed-place.ts'
import { RecordsRead } from './records-read.ts'
import { verifiedFeed } from './signed-feed.ts'

const AT = Date.UTC(2030, 0, 1)
const DAY = 86_400_000

function instance(origin: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const raw = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(-32))
  const key = noteKey(origin, raw, sha256)
  return {
    origin,
    privateKey,
    publicKey: raw,
    key,
    text: formatKey(key),
    signer: { key, sign: (m: Uint8Array) => sign(null, m, privateKey) },
  }
}

describe('Weir’s own feed', () => {
  const { folder: top, remove } = exposureShell()
  after(remove)
  const weir = instance('weir.example.org/ledger')
  let runs = 0
  const fresh = () => join(top, `state-${runs++}.json`)

  /** A copy of the feed as a server publishes it, built at that time. */
  function published(name: string, at: number, seeds: readonly number[] = [1, 2], by = weir): string {
    const copy = join(top, `${name}-copy-${runs++}`)
    publishFeed(join(top, name), copy, seeds, instant(at), by)
    return copy
  }
  const verify = (folder: string, state: string, now = AT, key?: string) => verifiedFeed(feedInFolder(folder), key, state, now)
  const refusal = (code: string) => (error: unknown) => {
    assert.ok(error instanceof Stop)
    assert.equal(error.exit, EXIT.refused)
    assert.match(error.message, new RegExp(code.replace('.', '\\.')))
    return true
  }
  const editManifest = (folder: string, edit: (text: string) => string): void => {
    const file = join(folder, 'feed.json')
    writeFileSync(file, edit(readFileSync(file, 'utf8')))
  }

  test('what a server builds is verified, its key kept from first use, its records read and its age told', async () => {
    const state = fresh()
    const copy = published('good', AT)
    const first = await verify(copy, state)
    assert.deepEqual([first.trust, first.key], ['first', weir.text])
    assert.equal((await verify(copy, state)).trust, 'seen')
    assert.equal((await verify(copy, fresh(), AT, weir.text)).trust, 'given')
    const read = new RecordsRead()
    const lines = await readFeeds([copy], read, { key: undefined, state, now: AT + 2 * DAY })
    assert.match(
      lines.join('\n'),
      /weir\.example\.org\/ledger, 48 h old, until 8 Jan 2030[\s\S]*signature good, key as seen before/,
    )
    assert.ok(read.records.length > 0)
    // What lies beside it was signed by nobody.
    writeFileSync(join(copy, 'more.vex.json'), '{}')
    const beside = await readFeeds([copy], new RecordsRead(), { key: undefined, state, now: AT })
    assert.match(beside.join('\n'), /not read: 1 file beside it \(more\.vex\.json\)/)
  })

  test('where nothing can be remembered it is read with a key that is given only, and that is told', async () => {
    const copy = published('forgotten', AT)
    const nowhere = join(top, 'x'.repeat(252))
    await assert.rejects(verify(copy, nowhere), (error) => error instanceof Stop && error.exit === EXIT.unavailable)
    const lines = await readFeeds([copy], new RecordsRead(), { key: weir.text, state: nowhere, now: AT })
    assert.match(lines.join('\n'), /key as given[\s\S]*cannot be remembered[\s\S]*An older one would not be noticed/)
  })

  test('is refused where it ran out, comes from the future, or is older than one seen', async () => {
    const state = fresh()
    const old = published('time', AT)
    await assert.rejects(verify(old, state, AT + 7 * DAY + 1), refusal('feed.expired'))
    await assert.rejects(verify(old, state, AT - DAY), refusal('feed.from-the-future'))
    const newer = published('time', AT + DAY)
    await verify(newer, state, AT + DAY)
    await assert.rejects(verify(old, state, AT + DAY), refusal('feed.rolled-back'))
    await verify(newer, state, AT + DAY)
  })

  test('is refused where anything of it was altered, is missing or unsigned', async () => {
    const changes: Readonly<Record<string, (folder: string) => void>> = {
      'feed.altered': (folder) => writeFileSync(join(folder, 'advisories.ndjson'), '{}\n'),
      'note.signature': (folder) => editManifest(folder, (text) => text.replace(/(sequence\\":)\d/, '$19')),
      'note.unknown-key': (folder) =>
        editManifest(folder, (text) => text.replaceAll('— weir.example.org/ledger', '— elsewhere.example/ledger')),
      'feed.form': (folder) =>
        editManifest(folder, (text) =>
          JSON.stringify({ format: 'weir-feed/1', key: weir.text, note: JSON.parse(text).note.split('\n\n')[0] }),
        ),
    }
    for (const [code, change] of Object.entries(changes)) {
      const copy = published(`changed-${code}`, AT)
      change(copy)
      await assert.rejects(verify(copy, fresh()), refusal(code), code)
    }
    await assert.rejects(
      verify(join(top, 'nowhere'), fresh()),
      (error: unknown) => error instanceof Stop && error.exit === EXIT.refused,
    )
  })

  test('another key is refused, of the same name and of another in the same place, until a person gives it', async () => {
    const state = fresh()
    const place = published('place', AT)
    await verify(place, state)
    const thief = instance(weir.origin)
    const other = instance('other.example/ledger')
    for (const [by, code] of [
      [thief, 'note.unknown-key'],
      [other, 'feed.exchanged'],
    ] as const) {
      cpSync(published(`by-${code}`, AT + DAY, [1, 2], by), place, { recursive: true })
      await assert.rejects(verify(place, state, AT + DAY), refusal(code))
      await assert.rejects(verify(place, state, AT + DAY, weir.text), refusal('note.unknown-key'))
    }
    assert.equal((await verify(place, state, AT + DAY, other.text)).trust, 'given')
  })

  test('two feeds of one number are told apart', async () => {
    const state = fresh()
    const copy = published('faces', AT)
    const { feed } = await verify(copy, state)
    const records = new TextEncoder().encode('{"id":"x"}\n')
    const files = [
      { path: 'advisories.ndjson', bytes: records.length, sha256: createHash('sha256').update(records).digest('hex') },
    ]
    writeFileSync(join(copy, 'advisories.ndjson'), records)
    const note = signFeed({ ...feed, files }, [weir.signer])
    writeFileSync(join(copy, 'feed.json'), JSON.stringify({ format: 'weir-feed/1', key: weir.text, note }))
    await assert.rejects(verify(copy, state), refusal('feed.two-faces'))
  })

  test('a manifest cannot lead out of its folder, and no checkpoint is taken for one', () => {
    const base = { origin: weir.origin, sequence: 1, issuedAt: AT, expiresAt: AT + DAY }
    for (const path of ['../x', '/etc/passwd', 'a/b', '.x', 'A', ''])
      assert.throws(() => feedText({ ...base, files: [{ path, bytes: 1, sha256: '0'.repeat(64) }] }), RangeError, path)
    assert.throws(
      () => feedText({ ...base, expiresAt: AT, files: [{ path: 'a', bytes: 1, sha256: '0'.repeat(64) }] }),
      RangeError,
    )
    const checkpoint = signNote(`${weir.origin}\n7\n${Buffer.alloc(32).toString('base64')}\n`, [weir.signer])
    assert.equal(parseFeed(checkpoint), null)
    assert.equal(feedFolder(top), null)
  })

  test('a damaged memory is not begun anew in silence', async () => {
    const state = fresh()
    writeFileSync(state, '{"v":1,"feeds":{"a":{}}}')
    await assert.rejects(
      verify(published('memory', AT), state),
      (error: unknown) => error instanceof Stop && error.exit === EXIT.badInput,
    )
  })

  test('comes from a server as well; one that changes between two reads is read again', async () => {
    const [one, two] = [published('live', AT, [1]), published('live', AT + 1000, [1, 2])]
    const served = join(top, 'served')
    mkdirSync(served)
    const asked: string[] = []
    let reads = 0
    const server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`)
      const name = /^\/sub\/feed\/([a-z.]+)/.exec(request.url ?? '')?.[1] ?? ''
      // The first manifest is the old one, everything after it the new one.
      const from = name === 'feed.json' && reads++ === 0 ? one : two
      copyFileSync(join(from, name), join(served, name))
      response.end(readFileSync(join(served, name)))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/sub`
      const { feed, files } = await verifiedFeed(feedAtAddress(url), undefined, fresh(), AT + 1000)
      assert.equal(feed.issuedAt, AT + 1000)
      assert.equal(files[0]!.bytes.length, feed.files[0]!.bytes)
      assert.ok(asked.every((line) => /^GET \/sub\/feed\/(?:feed\.json|advisories\.ndjson\?sha256=[0-9a-f]{64})$/.test(line)))
      assert.equal(asked.length, 4)
    } finally {
      server.closeAllConnections()
      server.close()
    }
    assert.throws(
      () => feedAtAddress('http://weir.example.org'),
      (error: unknown) => error instanceof Stop,
    )
    assert.throws(
      () => feedAtAddress('ftp://weir.example.org'),
      (error: unknown) => error instanceof Stop,
    )
  })
})
