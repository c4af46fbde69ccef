import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { spool } from './spool.ts'

const MARK = Buffer.from('heap overflow in the vault door')
const before = process.env['TMPDIR']
let home = ''

async function* marked(pieces: number): AsyncGenerator<Buffer> {
  for (let n = 0; n < pieces; n++) yield Buffer.concat([Buffer.alloc((1 << 20) - MARK.length, n), MARK])
}

async function gather(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of source) parts.push(part)
  return Buffer.concat(parts)
}

// Hooks of this file alone: at the root they would move the temporary folder of every test of the process.
describe('spool', () => {
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'weir-test-spool-'))
    process.env['TMPDIR'] = home
  })
  afterEach(() => {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
    rmSync(home, { recursive: true, force: true })
  })

  test('what is small stays in memory and can be read twice', async () => {
    const held = await spool(marked(3))
    assert.deepEqual(readdirSync(home), [])
    const whole = await gather(marked(3))
    assert.ok((await gather(held.open())).equals(whole))
    assert.ok((await gather(held.open())).equals(whole))
    await held.remove()
  })

  test('what is large lies on the disk unreadable, for its owner only, and is gone afterwards', async () => {
    const held = await spool(marked(20))
    const [folder] = readdirSync(home)
    const file = join(home, folder!, 'body')
    const bytes = readFileSync(file)
    assert.equal(bytes.length, 20 << 20)
    assert.equal(bytes.includes(MARK.subarray(0, 12)), false)
    assert.deepEqual([statSync(file).mode & 0o077, statSync(join(home, folder!)).mode & 0o077], [0, 0])
    const whole = await gather(marked(20))
    assert.ok((await gather(held.open())).equals(whole))
    assert.ok((await gather(held.open())).equals(whole))
    await held.remove()
    assert.equal(existsSync(join(home, folder!)), false)
  })

  test('two spools of the same bytes have nothing in common on the disk', async () => {
    const held = [await spool(marked(17)), await spool(marked(17))]
    const [one, other] = readdirSync(home).map((folder) => readFileSync(join(home, folder, 'body')))
    assert.equal(one!.subarray(0, 64).equals(other!.subarray(0, 64)), false)
    for (const one of held) await one.remove()
    assert.deepEqual(readdirSync(home), [])
  })

  test('a sender that breaks off leaves nothing on the disk', async () => {
    const cut = async function* () {
      yield* marked(18)
      throw new Error('the connection ended')
    }
    await assert.rejects(spool(cut()), /the connection ended/)
    assert.deepEqual(readdirSync(home), [])
  })
})
