import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { DepotUse } from './depot-use.ts'

const HOUR = 3_600_000
const tree = (entry: string, bytes: number) => ({ entry, bytes, digest: 'd', files: 1, leftOut: [] })

test('trees unused for longest go first, and none that was used within the hour', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-use-'))
  const file = join(folder, 'use.json')
  let now = 10 * HOUR
  const dropped: string[] = []
  const drop = async (entry: string) => void dropped.push(entry)
  try {
    const one = new DepotUse(file, () => now)
    one.note(tree('a', 10))
    one.note(tree('b', 10))
    now += HOUR
    one.note(tree('a', 10))
    now += HOUR + 1
    const other = new DepotUse(file, () => now)
    other.note(tree('c', 10))
    one.save()
    other.save()
    await other.trim(30, drop)
    assert.deepEqual(dropped, [])
    await other.trim(20, drop)
    assert.deepEqual(dropped, ['b'])
    await new DepotUse(file, () => now).trim(0, drop)
    assert.deepEqual(dropped, ['b', 'a'])
    writeFileSync(file, '{"x":{"at":"no"},"y"')
    await new DepotUse(file, () => now).trim(0, drop)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
