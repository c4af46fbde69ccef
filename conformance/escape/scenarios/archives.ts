import assert from 'node:assert/strict'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync, inflateRawSync } from 'node:zlib'
import type { Scenario } from '../attempt.ts'
import type { Ground } from '../ground.ts'
import { makeTar, type TarEntry } from '../make-tar.ts'
import { makeZip } from '../make-zip.ts'
import { assertDepot } from './results.ts'

const MIB = 1 << 20
const LIMITS = { bytes: 8 * MIB, files: 200 }
const text = (body: string) => new TextEncoder().encode(body)
let count = 0

/** Unpacks as a careless host would, into a folder of its own that it gives. */
async function careless(g: Ground, archive: Uint8Array, kind: 'tar' | 'zip'): Promise<string> {
  const path = join(g.scratch, `archive-${++count}`)
  const folder = join(g.scratch, `unpacked-${count}`, 'here')
  mkdirSync(folder, { recursive: true })
  for (const one of [folder, join(folder, '..')]) chmodSync(one, 0o777)
  writeFileSync(path, archive)
  if (kind === 'tar') await g.tool('/bin/sh', ['-c', 'ulimit -f 400000; tar -xPpf "$0" -C "$1"', path, folder])
  else await g.tool('/usr/bin/python3', ['-c', UNZIP, path, folder])
  return folder
}

const UNZIP = `
import os, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as z:
    for n in z.namelist():
        p = os.path.join(sys.argv[2], n)
        os.makedirs(os.path.dirname(p), exist_ok=True)
        open(p, 'wb').write(z.read(n))
`

/** Filled or refused, the depot stays sound and within limits, and a sound archive afterwards is filled. */
async function filled(g: Ground, archive: Uint8Array, expect: 'refused' | 'either') {
  const entry = `archive-${++count}`
  const { answer } = await g.sandbox().ask({ do: 'fill', entry, limits: LIMITS }, archive)
  assert.ok(answer.did === 'refused' || answer.did === 'filled', JSON.stringify(answer))
  if (answer.did === 'refused') assert.match(answer.code, /^sandbox\.(bad-archive|too-large)$/)
  else {
    assert.ok(expect === 'either', `it was filled: ${JSON.stringify(answer)}`)
    assert.ok(answer.bytes <= LIMITS.bytes && answer.files <= LIMITS.files)
  }
  assertDepot(g)
  assert.deepEqual(g.harmed(), [])
  const sound = await g
    .sandbox()
    .ask({ do: 'fill', entry: `${entry}-sound`, limits: LIMITS }, makeTar([{ name: 'a', body: text('a') }]))
  assert.equal(sound.answer.did, 'filled')
  for (const one of [entry, `${entry}-sound`]) await g.sandbox().ask({ do: 'drop', entry: one })
}

function tar(
  name: string,
  tries: string,
  entries: (g: Ground) => readonly TarEntry[],
  works: (folder: string, g: Ground) => void,
  before?: (g: Ground) => void,
): Scenario {
  return {
    area: 'archives',
    name,
    tries,
    control: async (g) => {
      before?.(g)
      works(await careless(g, makeTar(entries(g)), 'tar'), g)
    },
    held: (g) => filled(g, makeTar(entries(g)), 'either'),
  }
}

const SHARED = Array.from({ length: 64 }, (_, n) => ({ name: `z${n}`, body: new Uint8Array(2 * MIB) }))

/** Adds up what every entry of a zip's directory grows to, as a reader does that asks no questions. */
function expand(zip: Uint8Array): number {
  const bytes = Buffer.from(zip)
  let at = bytes.readUInt32LE(bytes.length - 6)
  let sum = 0
  for (let left = bytes.readUInt16LE(bytes.length - 12); left > 0; left--) {
    const local = bytes.readUInt32LE(at + 42)
    const start = local + 30 + bytes.readUInt16LE(local + 26)
    sum += inflateRawSync(bytes.subarray(start, start + bytes.readUInt32LE(at + 20))).length
    at += 46 + bytes.readUInt16LE(at + 28)
  }
  return sum
}

const beside = (folder: string) => assert.ok(existsSync(join(folder, '..', 'escaped')), 'written beside')
const evil = text('escaped')

/** Archives that trick whoever unpacks them, given to `fill`. */
export const ARCHIVE_SCENARIOS: readonly Scenario[] = [
  tar('tar-up', 'write beside the tree by ..', () => [{ name: '../escaped', body: evil }], beside),
  tar(
    'tar-up-inside',
    'the same behind a folder',
    () => [
      { name: 'a/', kind: '5', mode: 0o755 },
      { name: 'a/../../escaped', body: evil },
    ],
    beside,
  ),
  tar(
    'tar-absolute',
    'write to an absolute path',
    (g) => [{ name: join(g.scratch, 'absolute'), body: evil }],
    (_folder, g) => assert.equal(readFileSync(join(g.scratch, 'absolute'), 'utf8'), 'escaped'),
  ),
  tar(
    'tar-through-link',
    'write through a symbolic link that came before',
    () => [
      { name: 'way', kind: '2', link: '..' },
      { name: 'way/escaped', body: evil },
    ],
    beside,
  ),
  tar(
    'tar-over-link',
    'write over a symbolic link that came before',
    () => [
      { name: 'down/', kind: '5', mode: 0o755 },
      { name: 'down/way', kind: '2', link: '../..' },
      { name: 'down/way/escaped', body: evil },
    ],
    beside,
  ),
  tar(
    'tar-hard-link',
    'link a file of the host into the tree',
    (g) => [{ name: 'linked', kind: '1', link: g.ownFile }],
    (folder, g) => assert.equal(statSync(join(folder, 'linked')).ino, statSync(g.ownFile).ino),
  ),
  tar(
    'tar-link-out',
    'have a link to a file of the host in the tree',
    (g) => [{ name: 'way', kind: '2', link: g.secret }],
    (folder, g) => assert.match(readFileSync(join(folder, 'way'), 'utf8'), new RegExp(g.marker)),
  ),
  tar(
    'tar-setuid',
    'have a setuid file in the tree',
    () => [{ name: 'tool', body: evil, mode: 0o6755 }],
    (folder) => assert.equal(statSync(join(folder, 'tool')).mode & 0o7000, 0o6000),
  ),
  tar(
    'tar-fifo',
    'have a fifo in the tree',
    () => [{ name: 'fifo', kind: '6' }],
    (folder) => assert.ok(statSync(join(folder, 'fifo')).isFIFO()),
  ),
  tar(
    'tar-many',
    'have more files than allowed',
    () => Array.from({ length: 1000 }, (_, n) => ({ name: `f${n}` })),
    (folder) => assert.equal(readdirSync(folder).length, 1000),
  ),
  tar(
    'tar-escapes',
    'have names that a terminal obeys',
    () => [
      { name: '\u001b]0;owned\u0007', body: evil },
      { name: 'a\nb', body: evil },
    ],
    (folder) => assert.ok(readdirSync(folder).some((name) => name.includes('\u001b'))),
  ),
  {
    area: 'archives',
    name: 'tar-lies',
    tries: 'lie about sizes: negative, endless, beyond the end, and headers of a gigabyte',
    control: async (g) => {
      // A size beyond the end makes a careless reader wait or give up: it says so by its exit.
      const path = join(g.scratch, `lie-${++count}`)
      writeFileSync(path, makeTar([{ name: 'a', body: evil, size: 2 ** 32 }]))
      assert.notEqual((await g.tool('/bin/tar', ['-tf', path])).exit, 0)
    },
    held: async (g) => {
      for (const entry of [
        { name: 'a', body: evil, size: 2 ** 32 },
        { name: 'a', body: evil, size: '-0000000001' },
        { name: 'a', body: evil, size: '99999999999' },
        { name: 'a', body: evil, size: '\u0080\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff' },
        { name: 'x', kind: 'x', body: text('9999999999 path=a\n') },
        { name: 'x', kind: 'x', body: text('30 size=18446744073709551615\n') },
        { name: 'x', kind: 'x', size: 2 ** 30 },
        { name: 'l', kind: 'L', size: 2 ** 30 },
      ] satisfies TarEntry[])
        await filled(g, makeTar([entry, { name: 'b', body: evil }]), 'either')
    },
  },
  {
    area: 'archives',
    name: 'zip-up',
    tries: 'write beside the tree by a name in a zip',
    control: async (g) => beside(await careless(g, makeZip([{ name: '../escaped', body: evil }]), 'zip')),
    held: async (g) => {
      for (const name of ['../escaped', '/escaped', 'a/../../escaped', '..\\escaped', 'C:\\escaped', 'a\u0000b'])
        await filled(g, makeZip([{ name, body: evil }]), 'either')
    },
  },
  {
    area: 'archives',
    name: 'zip-bomb',
    tries: 'grow 32 KiB to 32 MiB',
    alone: true,
    control: async (g) => {
      const folder = await careless(g, makeZip([{ name: 'zeros', body: new Uint8Array(32 * MIB) }]), 'zip')
      assert.equal(statSync(join(folder, 'zeros')).size, 32 * MIB)
    },
    held: (g) => filled(g, makeZip([{ name: 'zeros', body: new Uint8Array(32 * MIB) }]), 'refused'),
  },
  {
    area: 'archives',
    name: 'zip-overlap',
    tries: 'grow 2 KiB to 128 MiB by entries that share their data',
    alone: true,
    control: async () => assert.equal(expand(makeZip(SHARED, true)), 128 * MIB),
    held: (g) => filled(g, makeZip(SHARED, true), 'refused'),
  },
  {
    area: 'archives',
    name: 'gzip-bomb',
    tries: 'grow a tar.gz of 32 KiB to 32 MiB',
    alone: true,
    control: async (g) => {
      const folder = await careless(g, gzipSync(makeTar([{ name: 'zeros', body: new Uint8Array(32 * MIB) }])), 'tar')
      assert.equal(statSync(join(folder, 'zeros')).size, 32 * MIB)
    },
    held: (g) => filled(g, gzipSync(makeTar([{ name: 'zeros', body: new Uint8Array(32 * MIB) }])), 'refused'),
  },
]
