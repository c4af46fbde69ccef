import assert from 'node:assert/strict'
import { createHash, generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { DAY, HOUR, instant } from '../../core/kernel/instant.ts'
import { SAMPLE_PUBLISHER, sampleEdition } from '../../devkit/sample-edition.ts'
import { parseFeed } from '../../ledger/feed-manifest.ts'
import { buildTree } from './build-tree.ts'
import { FEED_LASTS, type FeedSigner, SIGN_AGAIN } from './signed-feed.ts'
import { treeInThread } from './tree-worker.ts'

const AT = Date.UTC(2030, 0, 1)

function signerOf(origin: string): FeedSigner {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return { origin, privateKey, publicKey: publicKey.export({ format: 'der', type: 'spki' }).subarray(-32) }
}

describe('the signed feed of the public tree', () => {
  const top = mkdtempSync(join(tmpdir(), 'weir-feed-'))
  after(() => rmSync(top, { recursive: true, force: true }))
  const signer = signerOf('weir.example.org/ledger')
  const build = (name: string, seeds: readonly number[], at: number, by: FeedSigner | null = signer) =>
    buildTree({
      folder: join(top, name),
      advisories: seeds.map((seed) => sampleEdition(seed)),
      publisher: SAMPLE_PUBLISHER,
      at: instant(at),
      signer: by,
    })
  const read = (name: string, path: string) => readFileSync(join(top, name, 'current/feed', path))
  const manifest = (name: string) => parseFeed(JSON.parse(read(name, 'feed.json').toString('utf8')).note)!

  test('names its records by size and digest, and says until when it is to be believed', () => {
    build('whole', [1, 2, 3], AT)
    const { origin, sequence, issuedAt, expiresAt, files } = manifest('whole')
    const records = read('whole', 'advisories.ndjson')
    assert.deepEqual([origin, issuedAt, expiresAt - issuedAt], [signer.origin, AT, FEED_LASTS])
    assert.ok(sequence >= AT / 1000)
    const digest = createHash('sha256').update(records).digest('hex')
    assert.deepEqual(files, [{ path: 'advisories.ndjson', bytes: records.length, sha256: digest }])
    assert.ok(records.toString('utf8').trim().split('\n').length >= 3)
  })

  test('is signed anew with news and after half a day without, and stays as it is between', () => {
    build('again', [1, 2], AT)
    const first = manifest('again')
    assert.equal(build('again', [1, 2], AT + SIGN_AGAIN - 1).switched, false)
    assert.equal(manifest('again').sequence, first.sequence)
    const later = build('again', [1, 2], AT + SIGN_AGAIN)
    assert.deepEqual([later.switched, later.signedAt], [true, AT + SIGN_AGAIN])
    assert.ok(manifest('again').sequence > first.sequence)
    build('again', [1, 2, 3], AT + SIGN_AGAIN + 1)
    assert.ok(manifest('again').sequence > first.sequence + 1)
  })

  test('never counts back: neither with a clock set back nor where the tree was lost', () => {
    build('back', [1], AT)
    const first = manifest('back').sequence
    build('back', [1, 2], AT - 30 * DAY)
    assert.equal(manifest('back').sequence, first + 1)
    rmSync(join(top, 'back'), { recursive: true })
    build('back', [1, 2], AT + HOUR)
    assert.ok(manifest('back').sequence > first + 1)
  })

  test('what somebody else put on disk moves no sequence', () => {
    build('forged', [1], AT)
    const file = join(top, 'forged/current/feed/feed.json')
    const other = signerOf(signer.origin)
    build('other', [1], AT + 10_000 * DAY, other)
    writeFileSync(file, read('other', 'feed.json'))
    build('forged', [1, 2], AT + HOUR)
    assert.ok(manifest('forged').sequence < (AT + DAY) / 1000)
  })

  test('a log that has stopped signs no feed, and a thread signs as well', async () => {
    assert.equal(build('stopped', [1], AT, null).signedAt, null)
    assert.throws(() => read('stopped', 'feed.json'), /ENOENT/)
    const asked = { folder: join(top, 'thread'), advisories: [sampleEdition(1)], publisher: SAMPLE_PUBLISHER }
    const built = await treeInThread({ ...asked, at: instant(AT), signer })
    assert.equal(built.signedAt, AT)
    assert.equal(manifest('thread').origin, signer.origin)
  })
})
