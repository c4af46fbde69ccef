import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { memoryKeys } from '../../../devkit/memory-keys.ts'
import { FolderTaken } from '../disk/owner-lock.ts'
import type { KeyStore } from '../keys/key-store.ts'
import { RolesWrong, withClient } from './roles.ts'
import { type RunningPostgres, startPostgres } from './start.ts'

const home = mkdtempSync(join(tmpdir(), 'weir-pg-'))
chmodSync(home, 0o711)
after(() => rmSync(home, { recursive: true, force: true }))

const isRoot = process.getuid?.() === 0
const seed = Buffer.from(randomBytes(32))
/** Another process with the same seed has the same passwords. */
const keysOf = (from: Buffer): Pick<KeyStore, 'secret'> => ({
  secret: (name) => Buffer.concat([from, Buffer.from(name)]).subarray(-32),
})
const keys = keysOf(seed)
const start = (dataDir: string, lines: string[] = []) => startPostgres({ dataDir, keys, log: (line) => lines.push(line) })
const ask = async (server: RunningPostgres, sql: string, as: 'owner' | 'app' = 'owner') =>
  (await withClient(server[as], (client) => client.query(sql))).rows

test('a life: made, asked, refused to a second one, ended, found again', async () => {
  const dataDir = join(home, 'life')
  let began = performance.now()
  const first = await start(dataDir)
  assert.ok(performance.now() - began < 15_000)
  assert.equal(statSync(first.socketDir).mode & 0o777, 0o700)
  assert.deepEqual(
    await ask(
      first,
      `select current_user::text as who, current_setting('listen_addresses') as tcp, current_setting('data_checksums') as sums, current_setting('fsync') as fsync`,
      'app',
    ),
    [{ who: 'weir_app', tcp: '', sums: 'on', fsync: 'on' }],
  )
  assert.deepEqual(
    await ask(first, `select datlocale, pg_encoding_to_char(encoding) as encoding from pg_database where datname = 'weir'`),
    [{ datlocale: 'C.UTF-8', encoding: 'UTF8' }],
  )
  assert.deepEqual(
    await ask(first, `select rolsuper, rolcreatedb, rolcreaterole, rolbypassrls from pg_roles where rolname = 'weir_app'`),
    [{ rolsuper: false, rolcreatedb: false, rolcreaterole: false, rolbypassrls: false }],
  )
  // Extensions find their libraries.
  await ask(first, `create extension pg_trgm; create table kept (n int); insert into kept values (7)`)
  await assert.rejects(ask(first, 'create table mine (n int)', 'app'), /permission denied/)
  await assert.rejects(
    withClient({ ...first.app, password: 'guess' }, async () => {}),
    { code: '28P01' },
  )
  await assert.rejects(start(dataDir), (error) => error instanceof FolderTaken && error.message.includes(String(process.pid)))
  await first.stop()
  await first.stop()
  assert.equal(existsSync(join(dataDir, 'pg', 'postmaster.pid')), false)
  began = performance.now()
  const second = await start(dataDir)
  assert.ok(performance.now() - began < 10_000)
  assert.deepEqual(await ask(second, 'select n from kept'), [{ n: 7 }])
  await second.stop()
})

test('another key store is refused with a reason, and the folder is free again', async () => {
  const dataDir = join(home, 'life')
  await assert.rejects(
    startPostgres({ dataDir, keys: memoryKeys(randomBytes), log: () => {} }),
    (error) => error instanceof RolesWrong && /key store does not belong/.test(error.message),
  )
  await (await start(dataDir)).stop()
})

test('a server that was killed is noticed, and the next start has what was committed', async () => {
  const dataDir = join(home, 'life')
  const first = await start(dataDir)
  await ask(first, 'create table killed as select 1 as n')
  process.kill(first.pid, 'SIGKILL')
  await first.ended
  await first.stop()
  const second = await start(dataDir)
  assert.deepEqual(await ask(second, 'select n from killed'), [{ n: 1 }])
  await second.stop()
})

test('after kill -9 of Weir the server left behind is ended in order; nothing committed is lost', async () => {
  const dataDir = join(home, 'orphan')
  const child = startChild(
    dataDir,
    `await client.query('create table n (n int)'); for (let i = 0; ; i++) { await client.query('insert into n values ($1)', [i]); writeSync(1, i + '\\n') }`,
  )
  const said = await child.until((text) => text.split('\n').length > 50)
  child.process.kill('SIGKILL')
  await child.ended
  const last = Number((said + child.rest()).trim().split('\n').at(-1))
  const orphan = Number(readFileSync(join(dataDir, 'pg', 'postmaster.pid'), 'utf8').split('\n')[0])
  process.kill(orphan, 0)
  const lines: string[] = []
  const server = await start(dataDir, lines)
  assert.ok(lines.some((line) => line.includes('left behind')))
  assert.notEqual(server.pid, orphan)
  const [row] = await ask(server, 'select count(*)::int as n, max(n) as last from n')
  assert.ok(row.last >= last && row.n === row.last + 1, `${JSON.stringify(row)} after ${last}`)
  await server.stop()
})

test('kill -9 of both at once', async () => {
  const dataDir = join(home, 'orphan')
  const child = startChild(
    dataDir,
    `await client.query('create table if not exists both_killed (n int)'); await client.query('insert into both_killed values (1)'); writeSync(1, 'ready\\n'); for (;;) await client.query('insert into both_killed values (1)')`,
  )
  await child.until((text) => text.includes('ready'))
  process.kill(Number(readFileSync(join(dataDir, 'pg', 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL')
  child.process.kill('SIGKILL')
  await child.ended
  const server = await start(dataDir)
  assert.equal((await ask(server, 'select 1 as n from both_killed limit 1')).length, 1)
  await server.stop()
})

test('a number in postmaster.pid that is now a stranger is neither believed nor signalled', async () => {
  const dataDir = join(home, 'life')
  const stranger = spawn('sleep', ['60'], { stdio: 'ignore' })
  try {
    writeFileSync(
      join(dataDir, 'pg', 'postmaster.pid'),
      `${stranger.pid}\n${join(dataDir, 'pg')}\n1\n5432\n${join(dataDir, 'run')}\n\n 1 1\nready\n`,
      { mode: 0o600 },
    )
    writeFileSync(join(dataDir, 'run', '.s.PGSQL.5432.lock'), `${stranger.pid}\n`, { mode: 0o600 })
    const server = await start(dataDir)
    await server.stop()
    assert.equal(stranger.exitCode, null)
    assert.equal(stranger.signalCode, null)
  } finally {
    stranger.kill('SIGKILL')
  }
})

test('a start that was cut while the data was being made begins again', async () => {
  const dataDir = join(home, 'cut')
  mkdirSync(join(dataDir, 'pg.draft', 'base'), { recursive: true })
  writeFileSync(join(dataDir, 'pg.draft', 'PG_VERSION'), '18\n')
  chmodSync(dataDir, 0o711)
  const server = await start(dataDir)
  assert.deepEqual(
    readdirSync(dataDir).filter((name) => name.startsWith('first-') || name === 'pg.draft'),
    [],
  )
  await server.stop()
})

test('no value of any statement reaches a log', async () => {
  const dataDir = join(home, 'life')
  const server = await start(dataDir)
  await ask(
    server,
    'create table planted (t text unique); create function boom(t text) returns void language plpgsql as $$ begin raise warning $x$%$x$, t; raise exception $x$%$x$, t; end $$',
  )
  for (const sql of [
    `insert into planted values ('planted-9f2'), ('planted-9f2')`,
    `select 'planted-9f2'::int`,
    `select * from "planted-9f2"`,
    `select boom('planted-9f2')`,
    `do $$ begin perform pg_sleep('planted-9f2'::float8); end $$`,
  ]) {
    await assert.rejects(ask(server, sql))
  }
  await withClient(server.owner, async (client) => await assert.rejects(client.query('select $1::int', ['planted-9f2'])))
  await server.stop()
  const logs = [
    join(dataDir, 'pg-start.log'),
    ...readdirSync(join(dataDir, 'pg', 'log')).map((name) => join(dataDir, 'pg', 'log', name)),
  ]
  const text = logs.map((path) => readFileSync(path, 'utf8')).join('')
  assert.match(text, /database system is ready/)
  assert.doesNotMatch(text, /planted/)
})

test('no home, no locale, umask 077, a path with spaces and 180 characters', async () => {
  const dataDir = join(home, 'a b', 'c'.repeat(90), `d${'é'.repeat(40)}`, 'data')
  mkdirSync(join(home, 'a b', 'c'.repeat(90), `d${'é'.repeat(40)}`), { recursive: true })
  for (let round = 0; round < 2; round++) {
    const child = startChild(dataDir, `writeSync(1, server.socketDir + '\\n'); await server.stop(); process.exit(0)`, {})
    const said = await child.until((text) => text.includes('\n'))
    await child.ended
    assert.ok(Buffer.byteLength(said.trim()) < 80, said)
    after(() => rmSync(said.trim(), { recursive: true, force: true }))
  }
})

test('root in a folder that no other account may enter: a namespace, and said so', {
  skip: isRoot ? false : 'needs root',
}, async () => {
  const closed = join(home, 'closed')
  mkdirSync(closed, { mode: 0o700 })
  const lines: string[] = []
  const server = await start(join(closed, 'data'), lines)
  assert.equal(server.mode, 'namespace')
  assert.match(lines.join('\n'), /for demonstration only/)
  await server.stop()
  chmodSync(closed, 0o711)
  const again = await start(join(closed, 'data'))
  assert.equal(again.mode, 'dropped', 'handed over to an account once one can reach it')
  assert.equal(statSync(join(closed, 'data', 'pg', 'base')).uid, statSync(join(closed, 'data', 'pg')).uid)
  await again.stop()
})

test('an ordinary user runs it directly', { skip: isRoot ? false : 'every other test here does' }, async () => {
  const own = join(home, 'nobody')
  mkdirSync(own, { mode: 0o700 })
  chownSync(own, 65534, 65534)
  const child = startChild(
    join(own, 'data'),
    `writeSync(1, server.mode + '\\n'); await server.stop(); process.exit(0)`,
    {},
    65534,
  )
  assert.equal((await child.until((text) => text.includes('\n'))).trim(), 'direct')
  await child.ended
})

/** Weir in a process of its own: starts the server, then runs `body` with `server` and an owner's `client`. */
function startChild(dataDir: string, body: string, env: NodeJS.ProcessEnv = process.env, uid?: number) {
  const script = join(home, `child-${randomBytes(4).toString('hex')}.ts`)
  const from = (path: string) => JSON.stringify(new URL(path, import.meta.url).href)
  writeFileSync(
    script,
    `import { writeSync } from 'node:fs'
     process.umask(0o077)
     const { startPostgres } = await import(${from('./start.ts')})
     const pg = (await import(${JSON.stringify(import.meta.resolve('pg'))})).default
     const keys = { secret: (name) => Buffer.concat([Buffer.from(${JSON.stringify(seed.toString('hex'))}, 'hex'), Buffer.from(name)]).subarray(-32) }
     const server = await startPostgres({ dataDir: ${JSON.stringify(dataDir)}, keys, log: () => {} })
     const client = new pg.Client(server.owner)
     client.on('error', () => {})
     await client.connect()
     ${body}`,
  )
  const child = spawn(process.execPath, [script], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env,
    ...(uid === undefined ? {} : { uid, gid: uid }),
  })
  let text = ''
  let wrong = ''
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    wrong += part
  })
  const ended = new Promise<void>((done) => child.on('close', () => done()))
  const seen = new Set<() => void>()
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part
    for (const look of seen) look()
  })
  return {
    process: child,
    ended,
    rest: () => text,
    until: (enough: (text: string) => boolean) =>
      new Promise<string>((done, failed) => {
        const look = () => enough(text) && done(text)
        seen.add(look)
        look()
        child.on('close', () => (enough(text) ? done(text) : failed(new Error(`the child ended early: ${wrong}`))))
      }),
  }
}
