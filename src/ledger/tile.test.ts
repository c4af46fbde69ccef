import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { encodeBundle, parseBundle } from './bundle.ts'
import { parseTilePath, type Tile, tilePath, tileWidth } from './tile.ts'

test('the example of the specification: index 1234067', () => {
  assert.equal(tilePath({ level: 2, index: 1234067, width: 256 }), 'tile/2/x001/x234/067')
  assert.equal(tilePath({ level: 'entries', index: 0, width: 17 }), 'tile/entries/000.p/17')
})

test('the example of the specification: a tree of 70,000 leaves', () => {
  assert.equal(tileWidth(0, 272, 70_000), 256)
  assert.equal(tileWidth(0, 273, 70_000), 112)
  assert.equal(tileWidth(1, 0, 70_000), 256)
  assert.equal(tileWidth(1, 1, 70_000), 17)
  assert.equal(tileWidth(2, 0, 70_000), 1)
  assert.equal(tileWidth(3, 0, 70_000), 0)
  assert.deepEqual([tileWidth(0, 0, 256), tileWidth(0, 1, 256), tileWidth(1, 0, 256)], [256, 0, 1])
})

test('a path names one tile, and a tile has one path', () => {
  const level = fc.oneof(fc.integer({ min: 0, max: 63 }), fc.constant('entries' as const))
  const tile = fc.record({ level, index: fc.maxSafeNat(), width: fc.integer({ min: 1, max: 256 }) })
  fc.assert(fc.property(tile, (made: Tile) => assert.deepEqual(parseTilePath(tilePath(made)), { ...made })))
})

test('hostile paths are no tiles', () => {
  const paths = [
    '', 'tile', 'tile/0', 'tile/0/', 'tile/00/000', 'tile/64/000', 'tile/-1/000', 'tile/0/00', 'tile/0/0000', 'tile/0/x000/000',
    'tile/0/000/001', 'tile/0/x001/x001', 'tile/0/000.p/0', 'tile/0/000.p/256', 'tile/0/000.p/01', 'tile/0/000.p/', 'tile/0/000/',
    '/tile/0/000', 'tile/0/../000', 'tile/0/000\n', 'tile/0/000\0', 'tile/0/٠٠٠', 'tile/data/000', 'tile/0/x999/x999/x999/x999/x999/999',
    `tile/0/${'x001/'.repeat(50_000)}000`,
  ] // biome-ignore format: a list
  for (const path of paths) assert.equal(parseTilePath(path), null, path.slice(0, 60))
})

test('a bundle comes back as it was, and only whole', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 20 }), fc.nat(), (entries, cut) => {
      const bytes = encodeBundle(entries)
      assert.deepEqual(parseBundle(bytes, entries.length), entries)
      assert.equal(parseBundle(bytes, entries.length + 1), null)
      assert.equal(parseBundle(bytes, entries.length - 1), null)
      assert.equal(parseBundle(bytes.subarray(0, cut % bytes.length), entries.length), null)
    }),
  )
  assert.throws(() => encodeBundle([new Uint8Array(65_536)]), RangeError)
  assert.deepEqual(encodeBundle([Uint8Array.of(7), new Uint8Array(258)]).slice(0, 5), Uint8Array.of(0, 1, 7, 1, 2))
})
