import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { crc32, deflateRawSync, gzipSync, zstdCompressSync } from 'node:zlib'
import type { TreeFacts } from '../../core/sandbox/contract.ts'
import { ownerName } from '../owner.ts'
import { Refused } from '../refused.ts'
import { fillFrom } from './fill.ts'
import { openDepot } from './folders.ts'
import { TreeStore } from './store.ts'

interface Header {
  readonly name: string
  readonly type?: string
  readonly target?: string
  readonly body?: string
  readonly mode?: number
  readonly size?: number
}

/** One entry of a ustar archive, with whatever a hostile archiver likes in it. */
function entry({ name, type = '0', target = '', body = '', mode = 0o644, size = body.length }: Header): Buffer {
  const block = Buffer.alloc(512)
  block.write(name, 0)
  block.write(`${mode.toString(8).padStart(7, '0')}\0`, 100)
  block.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
  block.write(`${(1_000_000_000).toString(8).padStart(11, '0')}\0`, 136)
  block.write('        ', 148)
  block.write(type, 156)
  block.write(target, 157)
  block.write('ustar\x0000', 257)
  block.write(
    `${block
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
  )
  return Buffer.concat([block, Buffer.from(body), Buffer.alloc((512 - (body.length % 512)) % 512)])
}

const tar = (...headers: readonly Header[]) => Buffer.concat([...headers.map(entry), Buffer.alloc(1024)])

interface Zipped {
  readonly name: string
  readonly body: string
  readonly mode?: number
  readonly says?: number
  readonly flags?: number
}

function zip(...files: readonly Zipped[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, body, mode = 0o100644, says, flags = 0 } of files) {
    const packed = deflateRawSync(body)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(name.length, 26)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50, 0)
    central[5] = 3
    central.writeUInt16LE(flags, 8)
    central.writeUInt16LE(8, 10)
    central.writeUInt32LE(crc32(body), 16)
    central.writeUInt32LE(packed.length, 20)
    central.writeUInt32LE(says ?? Buffer.byteLength(body), 24)
    central.writeUInt16LE(name.length, 28)
    central.writeUInt32LE((mode << 16) >>> 0, 38)
    central.writeUInt32LE(at, 42)
    directory.push(central, Buffer.from(name))
    parts.push(local, Buffer.from(name), packed)
    at += 30 + name.length + packed.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(Buffer.concat(directory).length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, ...directory, end])
}

describe('the depot', () => {
  const root = mkdtempSync(join(tmpdir(), 'weir-store-'))
  const folders = openDepot(join(root, 'depot'), ownerName(process.pid)!, null)
  const store = new TreeStore(folders)
  after(() => rmSync(root, { recursive: true, force: true }))
  let count = 0

  async function fill(bytes: Uint8Array, limits = { bytes: 1 << 20, files: 100 }): Promise<TreeFacts> {
    const name = `tree-${++count}`
    const file = join(root, `${name}.archive`)
    writeFileSync(file, bytes)
    const facts = await store.make(name, { ...limits, links: true, root: '/' }, (draft) => fillFrom(file, draft, limits))
    assert.deepEqual(readdirSync(folders.drafts), [], 'drafts are removed')
    return facts
  }
  const inside = (facts: TreeFacts, path: string) => join(folders.trees, facts.entry, 'tree', path)

  async function refusal(bytes: Uint8Array, limits?: { bytes: number; files: number }): Promise<string> {
    const error = await fill(bytes, limits).then(
      () => null,
      (one: unknown) => one,
    )
    assert.ok(error instanceof Refused, String(error))
    assert.equal(store.has(`tree-${count}`), null)
    assert.deepEqual(readdirSync(folders.drafts), [], 'drafts are removed')
    return error.code
  }

  test('tar, plain and packed, and zip become the same tree', async () => {
    const plain = tar({ name: 'a/', type: '5' }, { name: 'a/b', body: 'hello' }, { name: 'run', body: 'x', mode: 0o755 })
    const zipped = zip({ name: 'a/b', body: 'hello' }, { name: 'run', body: 'x', mode: 0o100755 })
    const digests = new Set<string>()
    for (const bytes of [plain, gzipSync(plain), zstdCompressSync(plain), zipped]) {
      const facts = await fill(bytes)
      digests.add(facts.digest)
      assert.deepEqual([facts.files, facts.bytes, facts.leftOut], [3, 6, []])
      assert.equal(readFileSync(inside(facts, 'a/b'), 'utf8'), 'hello')
      assert.equal(statSync(inside(facts, 'run')).mode & 0o7777, 0o750)
    }
    assert.equal(digests.size, 1)
    const other = await fill(tar({ name: 'a/b', body: 'hello' }, { name: 'run', body: 'x' }))
    assert.ok(!digests.has(other.digest), 'the right to run counts')
  })

  test('an archive of this machine’s tar comes out as it went in', async () => {
    const from = join(root, 'from')
    const long = `${'d'.repeat(120)}/${'f'.repeat(120)}`
    mkdirSync(join(from, 'd'.repeat(120)), { recursive: true })
    writeFileSync(join(from, long), 'long')
    for (const format of ['gnu', 'pax']) {
      const facts = await fill(spawnSync('tar', ['-c', `--format=${format}`, '-C', from, '.']).stdout)
      assert.equal(readFileSync(inside(facts, long), 'utf8'), 'long', format)
      assert.equal(
        Math.floor(statSync(inside(facts, long)).mtimeMs / 1000),
        Math.floor(statSync(join(from, long)).mtimeMs / 1000),
      )
    }
  })

  test('what is hostile is left out and told; nothing is written outside or through a link', async () => {
    const facts = await fill(
      tar(
        { name: '/etc/x', body: '1' },
        { name: '../x', body: '2' },
        { name: 'a/../../x', body: '3' },
        { name: 'out', type: '2', target: '/../../..' },
        { name: 'link', type: '2', target: 'real' },
        { name: 'link/x', body: '4' },
        { name: 'Link', body: '5' },
        { name: 'real/', type: '5' },
        { name: 'fifo', type: '6' },
        { name: 'device', type: '3' },
        { name: 'hard', type: '1', target: '/etc/passwd' },
        { name: 'far', type: '1', target: '../../etc/passwd' },
        { name: 'one', body: 'first' },
        { name: 'one', body: 'second' },
        { name: 'copy', type: '1', target: 'one' },
        { name: 'setuid', body: 'x', mode: 0o6777 },
        { name: 'a\nb', body: 'x' },
      ),
    )
    assert.equal(facts.leftOut.length, 12)
    assert.ok(facts.leftOut.every((line) => !/[\n\x1b]/.test(line)))
    assert.deepEqual(readdirSync(inside(facts, '')).sort(), ['copy', 'link', 'one', 'real', 'setuid'])
    assert.equal(readFileSync(inside(facts, 'one'), 'utf8'), 'first')
    assert.equal(readFileSync(inside(facts, 'copy'), 'utf8'), 'first')
    assert.equal(lstatSync(inside(facts, 'copy')).nlink, 1)
    assert.equal(readlinkSync(inside(facts, 'link')), 'real')
    assert.deepEqual(readdirSync(inside(facts, 'real')), [])
    assert.equal(statSync(inside(facts, 'setuid')).mode & 0o7777, 0o750)
    assert.ok(!existsSync(join(folders.trees, 'x')))
  })

  test('bombs stop at the limits', async () => {
    const many = { bytes: 1 << 20, files: 3 }
    assert.equal(await refusal(tar({ name: 'a', body: 'x'.repeat(2 << 20) })), 'sandbox.too-large')
    assert.equal(await refusal(gzipSync(tar({ name: 'a', body: 'x'.repeat(2 << 20) }))), 'sandbox.too-large')
    assert.equal(await refusal(gzipSync(Buffer.alloc(64 << 20)), many), 'sandbox.too-large')
    assert.equal(await refusal(zip({ name: 'a', body: 'x'.repeat(2 << 20) })), 'sandbox.too-large')
    assert.equal(await refusal(tar(...['a', 'b', 'c', 'd'].map((name) => ({ name }))), many), 'sandbox.too-large')
    assert.equal(await refusal(tar({ name: 'a/b/c/d/e' }), many), 'sandbox.too-large')
    const self = tar(
      { name: 'a', body: 'x'.repeat(400_000) },
      ...Array.from({ length: 9 }, (_, n) => ({ name: `l${n}`, type: '1', target: 'a' })),
    )
    assert.equal(await refusal(self), 'sandbox.too-large')
  })

  test('what is no archive, or a broken one, is refused', async () => {
    const good = tar({ name: 'a', body: 'x'.repeat(1000) })
    const zipped = zip({ name: 'a', body: 'hello' })
    const broken = [
      Buffer.from('not an archive at all'),
      Buffer.alloc(512, 0x61),
      good.subarray(0, 700),
      entry({ name: 'a', size: 8 ** 11 - 1 }),
      gzipSync(good).subarray(0, 60),
      zipped.subarray(0, zipped.length - 5),
      zip({ name: 'a', body: 'hello', says: 3 }),
      zip({ name: 'a', body: 'hello', says: 9 }),
      zip({ name: 'a', body: 'hello', flags: 1 }),
      Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]),
    ]
    for (const [n, bytes] of broken.entries()) assert.equal(await refusal(bytes), 'sandbox.bad-archive', String(n))
  })

  test('a name that is taken keeps its tree; a dropped one is gone, unless it is in use', async () => {
    const facts = await fill(tar({ name: 'a', body: '1' }))
    const rules = { bytes: 100, files: 10, links: true, root: '/' }
    const again = await store.make(facts.entry, rules, async () => {})
    assert.deepEqual(again, facts)
    store.use(facts.entry)
    await assert.rejects(store.drop(facts.entry), /in use/)
    store.release(facts.entry)
    await store.drop(facts.entry)
    assert.equal(store.has(facts.entry), null)
    assert.throws(() => store.use(facts.entry), /no tree/)
  })
})
