import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { memoryKeys } from '../../../devkit/memory-keys.ts'
import { FolderTaken } from '../disk/owner-lock.ts'
import { openKeyFolder } from './folder.ts'
import { describeKeyStore } from './key-store.contract.ts'
import { KeysDamaged } from './key-store.ts'

function fresh() {
  const home = mkdtempSync(join(tmpdir(), 'weir keys-'))
  const folder = join(home, 'data-keys')
  const open = (origin?: string) =>
    openKeyFolder({ folder, dataDir: join(home, 'data'), random: randomBytes, ...(origin === undefined ? {} : { origin }) })
  return { home, folder, open, remove: () => rmSync(home, { recursive: true }) }
}

describeKeyStore('memory', () => ({ keys: memoryKeys(randomBytes), close: async () => {} }))
describeKeyStore('folder', () => {
  const { open, remove } = fresh()
  const keys = open()
  return { keys, close: () => keys.close().finally(remove) }
})

test('everything is there again after the store was closed', async () => {
  const { folder, open, remove } = fresh()
  const keys = open('log.example')
  const [a, b] = await keys.allocate(2)
  await keys.erase([a!.slot])
  const [secret, signing] = [keys.secret('index'), keys.signingKey()]
  await keys.head.swap(null, { origin: 'log.example', size: 7, root: new Uint8Array(32) })
  await keys.close()
  const again = open('other.example')
  assert.deepEqual(again.get([a!.slot, b!.slot]), [null, b!.key])
  assert.deepEqual(again.secret('index'), secret)
  assert.deepEqual(again.signingKey().publicKey, signing.publicKey)
  assert.equal(again.signingKey().origin, 'log.example')
  assert.equal(again.head.read()?.size, 7)
  assert.ok((await again.allocate(1))[0]!.slot > b!.slot)
  assert.equal(readFileSync(join(folder, 'slots')).includes(a!.key), false)
  await again.close()
  remove()
})

test('one process at a time; nobody but its owner; never inside the data', async () => {
  const { home, folder, open, remove } = fresh()
  const keys = open()
  assert.throws(() => open(), FolderTaken)
  keys.secret('index')
  for (const name of ['', 'slots', 'signing.json', 'secrets', 'secrets/index'])
    assert.equal(statSync(join(folder, name)).mode & 0o077, 0, name)
  await keys.close()
  for (const name of ['', 'slots', 'signing.json']) {
    const { mode } = statSync(join(folder, name))
    chmodSync(join(folder, name), mode | 0o040)
    assert.throws(() => open(), /can be reached by others/)
    chmodSync(join(folder, name), mode)
  }
  mkdirSync(join(home, 'data'))
  assert.throws(
    () => openKeyFolder({ folder: join(home, 'data', 'keys'), dataDir: join(home, 'data'), random: randomBytes }),
    /inside the data folder/,
  )
  symlinkSync(join(home, 'data'), join(home, 'alias'))
  assert.throws(
    () => openKeyFolder({ folder: join(home, 'alias', 'keys'), dataDir: join(home, 'data'), random: randomBytes }),
    /inside the data folder/,
  )
  await open().close()
  remove()
})

test('what a crash left half-written at the end is cut off; damage elsewhere is refused', async () => {
  const { folder, open, remove } = fresh()
  const slots = join(folder, 'slots')
  const first = open()
  const [a, b] = await first.allocate(2)
  await first.close()
  for (const tail of [Buffer.from('WKEY'), randomBytes(63), Buffer.alloc(64 * 9), Buffer.alloc(64 * 9 + 5)]) {
    appendFileSync(slots, tail)
    const keys = open()
    assert.deepEqual(keys.get([a!.slot, b!.slot, b!.slot + 1]), [a!.key, b!.key, null])
    await keys.close()
    assert.equal(statSync(slots).size, 64 * 3)
  }
  const whole = readFileSync(slots)
  const spoilt = Buffer.from(whole)
  spoilt[64 + 20]! ^= 1
  writeFileSync(slots, spoilt)
  const keys = open()
  assert.throws(() => keys.get([a!.slot]), KeysDamaged)
  assert.deepEqual(keys.get([b!.slot]), [b!.key])
  await keys.close()
  spoilt[128 + 20]! ^= 1
  writeFileSync(slots, spoilt)
  assert.throws(() => open(), KeysDamaged)
  whole.writeUInt32BE(2, 8)
  writeFileSync(slots, whole)
  assert.throws(() => open(), /has version 2; this Weir reads version 1/)
  // A crash before the header: nothing was handed out yet.
  truncateSync(slots, 10)
  await open().close()
  writeFileSync(join(folder, 'head.json'), '{"origin":"a"', { mode: 0o600 })
  const last = open()
  assert.throws(() => last.head.read(), KeysDamaged)
  await assert.rejects(last.head.swap(null, { origin: 'a', size: 1, root: new Uint8Array(32) }), KeysDamaged)
  await last.close()
  remove()
})

test('kill -9 while keys are handed out and erased: what was acknowledged holds, and the folder is free at once', async () => {
  const { home, folder, open, remove } = fresh()
  const script = join(home, 'child.ts')
  const from = (path: string) => JSON.stringify(new URL(path, import.meta.url).href)
  writeFileSync(
    script,
    `import { randomBytes } from 'node:crypto'
     import { writeSync } from 'node:fs'
     const { openKeyFolder } = await import(${from('./folder.ts')})
     const keys = openKeyFolder({ folder: ${JSON.stringify(folder)}, dataDir: ${JSON.stringify(join(home, 'data'))}, random: randomBytes })
     for (;;) {
       const [kept, gone] = await keys.allocate(300)
       await keys.erase([gone.slot])
       writeSync(1, JSON.stringify([kept.slot, kept.key.toString('hex'), gone.slot, gone.key.toString('hex')]) + '\\n')
     }`,
  )
  const acknowledged: [number, string, number, string][] = []
  for (let round = 0; round < 3; round++) {
    const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] })
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part
      if (text.split('\n').length > 8 + round * 3) child.kill('SIGKILL')
    })
    await new Promise((done) => child.on('close', done))
    for (const line of text.split('\n').slice(0, -1)) acknowledged.push(JSON.parse(line))
    const keys = open()
    const bytes = readFileSync(join(folder, 'slots'))
    for (const [kept, key, gone, erased] of acknowledged) {
      assert.deepEqual(keys.get([kept, gone]), [Buffer.from(key, 'hex'), null])
      assert.equal(bytes.includes(Buffer.from(erased, 'hex')), false)
    }
    await keys.close()
  }
  assert.equal(new Set(acknowledged.map(([slot]) => slot)).size, acknowledged.length)
  assert.ok(acknowledged.length >= 24)
  assert.equal(existsSync(join(folder, 'owner.json')), false)
  remove()
})
