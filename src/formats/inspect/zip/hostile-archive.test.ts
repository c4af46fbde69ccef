import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32, deflateRawSync, constants as zlib, zstdCompressSync } from 'node:zlib'
import { type ArchiveMember, type ArchiveOptions, evalArchive } from '../../../devkit/eval-archive.ts'
import { drive } from '../drive.ts'
import { IMPORT_LIMITS, type ImportLimits } from '../import-limits.ts'
import { readInspectLog } from '../read-log.ts'
import { ZstdFrames } from './zstd-frames.ts'

const HEADER = JSON.stringify({
  version: 2,
  status: 'success',
  eval: { task: 't', model: 'm', created: '2026-01-01T00:00:00Z' },
  results: { total_samples: 1, completed_samples: 1, scores: [] },
})
const sample = (id: number | string, value: unknown = 'C') =>
  JSON.stringify({ id, epoch: 1, messages: [], events: [], scores: { match: { value } } })
const header: ArchiveMember = { name: 'header.json', text: HEADER }
const one: ArchiveMember = { name: 'samples/1_epoch_1.json', text: sample(1) }

function read(members: readonly ArchiveMember[], options: ArchiveOptions = {}, limits: Partial<ImportLimits> = {}) {
  const bytes = evalArchive(members, options)
  const got = drive(readInspectLog({ name: 'x.eval', size: bytes.length }, { ...IMPORT_LIMITS, ...limits }), bytes)
  return {
    ids: got.ok ? got.log.samples.map((row) => row.id) : null,
    finished: got.ok && got.log.isFinished,
    codes: [...new Set((got.ok ? got.log : got).findings.map((finding) => finding.code))],
  }
}

test('a sound archive reads, stored, deflated or zstd, zip64 or not, with bytes before and a comment behind', () => {
  for (const method of [0, 8, 93] as const) {
    for (const zip64 of [false, true]) {
      for (const before of [0, 1, 1000]) {
        const members = [one, header].map((member) => ({ ...member, method, zip64 }))
        const comment = new TextEncoder().encode('PK\x05\x06 is no end')
        const got = read(members, { zip64, before: new Uint8Array(before).fill(0x50), comment })
        // Bytes before an archive that is told by its first bytes make it something else.
        if (before === 0) assert.deepEqual(got, { ids: [1], finished: true, codes: [] }, `${method} ${zip64}`)
      }
    }
  }
})

test('a member whose size, checksum or place is a lie is told and left out, and its neighbours stand', () => {
  const two: ArchiveMember = { name: 'samples/2_epoch_1.json', text: sample(2) }
  const cases: readonly (readonly [ArchiveMember['lie'], string])[] = [
    [{ size: 10 }, 'member.lies'],
    [{ size: 1_000_000 }, 'member.lies'],
    [{ crc: 7 }, 'member.lies'],
    [{ at: 3 }, 'archive.overlap'],
    [{ packed: 20 }, 'member.unreadable'],
    [{ packed: 0xfffffff0 }, 'member.unreadable'],
    [{ at: 0xfffffff0 }, 'member.unreadable'],
    [{ flags: 1 }, 'member.encrypted'],
    [{ method: 14 }, 'member.unreadable'],
    [{ method: 93 }, 'member.unreadable'],
  ]
  for (const [lie, code] of cases) {
    const got = read([two, { ...one, lie: lie! }, header])
    assert.ok(got.codes.includes(code as never), `${JSON.stringify(lie)}: ${got.codes.join(' ')}`)
    assert.deepEqual(got.ids, [2], JSON.stringify(lie))
  }
})

test('members that share bytes, the trick of small bombs, are read once', () => {
  const many = Array.from(
    { length: 50 },
    (_, k): ArchiveMember => ({
      name: `samples/${k + 2}_epoch_1.json`,
      text: '',
      lie: { at: 0, size: 90, packed: 60 },
    }),
  )
  const got = read([one, ...many, header])
  assert.deepEqual([got.ids, got.codes.includes('archive.overlap')], [[1], true])
})

test('a bomb stops at the size it states, and all members together at what a log may come to', () => {
  const bomb = new Uint8Array(40_000_000).fill(0x20)
  const text = deflateRawSync(bomb)
  const small = { inflatedFree: 1_000_000, inflatedRatio: 10 }
  const got = read([{ name: 'samples/9_epoch_1.json', text: bomb, packed: text }, one, header], {}, small)
  assert.ok(got.codes.includes('member.too-large'))
  assert.equal(got.finished, false)
  const liars = Array.from(
    { length: 30 },
    (_, k): ArchiveMember => ({
      name: `samples/${k + 2}_epoch_1.json`,
      text: bomb,
      packed: text,
      lie: { size: 500 },
    }),
  )
  const began = process.cpuUsage().user
  assert.ok(read([...liars, one, header], {}, small).codes.includes('member.too-large'))
  assert.ok(process.cpuUsage().user - began < 5_000_000)
  const liar = read([{ name: 'samples/9_epoch_1.json', text: bomb, packed: text, lie: { size: 500 } }, one, header])
  assert.ok(liar.codes.includes('member.lies'))
  assert.deepEqual(liar.ids, [1])
})

test('odd names, doubled names and too many members are told', () => {
  const odd = [
    '../../etc/passwd',
    '/abs.json',
    'samples/../../x_epoch_1.json',
    'a\\b',
    'c:x',
    'a\u0000b',
    '\u202egnp.exe',
    '',
    'x'.repeat(3000),
  ]
  const got = read([...odd.map((name): ArchiveMember => ({ name, text: sample(7) })), one, header])
  assert.deepEqual([got.ids, got.codes], [[1], ['member.odd-name']])
  const twice = read([one, { ...one, text: sample(1, 'I') }, header])
  assert.deepEqual([twice.ids, twice.codes], [[1], ['member.twice']])
  const same = read([one, { name: 'samples/01_epoch_1.json', text: sample('1') }, header], {})
  assert.deepEqual([same.ids, same.codes], [['1'], ['sample.twice']])
  const many = Array.from({ length: 300 }, (_, k): ArchiveMember => ({ name: `samples/${k}_epoch_1.json`, text: sample(k) }))
  assert.ok(read([header, ...many], {}, { members: 100 }).codes.includes('archive.too-large'))
  assert.ok(read([header, ...many], {}, { samples: 100 }).codes.includes('sample.too-many'))
  assert.ok(read([header, one], { entries: 77 }).codes.includes('archive.broken'))
})

test('an archive cut off anywhere is told, and what is no log is told', () => {
  const bytes = evalArchive([one, header])
  for (let length = 0; length < bytes.length; length++) {
    const got = drive(readInspectLog({ name: 'x', size: length }), bytes.subarray(0, length))
    assert.equal(got.ok, false, String(length))
    // And where the size is believed to be larger than it is.
    drive(readInspectLog({ name: 'x', size: bytes.length }), bytes.subarray(0, length))
  }
  for (const text of ['', '{', '[1,2]', '{"a":1}', 'PK', 'PK\x05\x06', 'hello']) {
    const other = new TextEncoder().encode(text)
    assert.equal(drive(readInspectLog({ name: 'x', size: other.length }), other).ok, false, text)
  }
})

test('zstd of many frames, tiny and checksummed ones and skipped ones among them, in pieces of any size', () => {
  const parts = ['', 'a', 'hello ', 'x'.repeat(300_000), JSON.stringify(Array.from({ length: 5000 }, (_, k) => k * k))]
  const skip = Buffer.concat([Buffer.from([0x53, 0x2a, 0x4d, 0x18, 5, 0, 0, 0]), Buffer.from('junk!')])
  const packed = Buffer.concat([
    skip,
    ...parts.flatMap((part, k) => [
      zstdCompressSync(part, { params: { [zlib.ZSTD_c_checksumFlag]: k % 2, [zlib.ZSTD_c_compressionLevel]: 1 + 4 * k } }),
      ...(k % 2 === 0 ? [skip] : []),
    ]),
  ])
  const original = Buffer.from(packed)
  for (const size of [1, 2, 7, 1000, packed.length]) {
    const out: Uint8Array[] = []
    const frames = new ZstdFrames((bytes) => out.push(bytes), 1 << 25)
    for (let i = 0; i < packed.length; i += size) assert.equal(frames.push(packed.subarray(i, i + size)), null)
    assert.equal(frames.end(), null)
    assert.equal(crc32(Buffer.concat(out)), crc32(parts.join('')), String(size))
    assert.ok(out.every((bytes) => bytes.length <= 131_072))
  }
  // The bytes handed in are the caller's and stay as they are.
  assert.ok(original.equals(packed))
})

test('zstd that lies or is cut is refused and never throws', () => {
  const good = zstdCompressSync('some text that is packed '.repeat(100))
  const run = (bytes: Uint8Array, window = 1 << 25) => {
    const frames = new ZstdFrames(() => {}, window)
    return frames.push(bytes) ?? frames.end()
  }
  for (let k = 0; k < good.length; k++) {
    assert.notEqual(run(good.subarray(0, k)), k === 0 ? 'x' : null)
    const bent = Uint8Array.from(good)
    bent[k]! ^= 0x55
    run(bent)
  }
  // A window of 2 GB asked for in nine bytes.
  assert.match(run(Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa8, 1, 0, 0)) ?? '', /window/)
  // Endless blocks of one byte, each of which would move the whole window.
  const head = [0x28, 0xb5, 0x2f, 0xfd, 0x00, 15 << 3]
  const blocks = new Uint8Array(6 + 4 * 2000)
  blocks.set(head)
  for (let k = 0; k < 2000; k++) blocks.set([0b1010, 0, 0, 0x61], 6 + 4 * k)
  const before = process.cpuUsage().user
  assert.match(run(blocks) ?? '', /small|breaks off/)
  assert.ok(process.cpuUsage().user - before < 10_000_000)
})
