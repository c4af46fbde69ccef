import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import pg from 'pg'
import { memoryKeys } from '../../../devkit/memory-keys.ts'
import { withDatabase } from '../../../devkit/pg.ts'
import { migrate } from '../migrate.ts'
import { asRunner, chooseRunner } from './account.ts'
import { connectOutside, describeUrl } from './outside.ts'
import { type Connect, RolesWrong, withClient } from './roles.ts'

const urlOf = ({ user, password, database, host }: Connect) =>
  `postgres://${user}:${password}@/${database}?host=${encodeURIComponent(host!)}`

test('the url’s role owns the tables, a role of its own works on them', async (t) => {
  await withDatabase(
    t,
    async ({ connect, owner, keys }) => {
      const url = urlOf(connect.owner)
      const { app, appRole } = await connectOutside(url, keys)
      assert.equal(appRole, `weir_app_${connect.owner.database}`)
      await migrate(owner, appRole)
      await withClient(app, async (client) => {
        assert.deepEqual(
          (await client.query('select current_user::text as who, (select count(*)::int from weir.finding) as n')).rows,
          [{ who: appRole, n: 0 }],
        )
        await assert.rejects(client.query('create table weir.mine (n int)'), { code: '42501' })
        await assert.rejects(client.query(`delete from weir.kysely_migration`), { code: '42501' })
      })
      assert.equal((await connectOutside(url, keys)).appRole, appRole, 'a second start finds it')
      await assert.rejects(
        connectOutside(url, memoryKeys(randomBytes)),
        (error) => error instanceof RolesWrong && /alter role .* password 'SCRAM-SHA-256\$/.test(error.message),
      )
      await owner.query(`drop owned by ${appRole} cascade; drop role ${appRole}`)
    },
    { migrated: false },
  )
})

test('a role that may not make roles gets the SQL, and that SQL works', async (t) => {
  await withDatabase(
    t,
    async ({ connect, owner, keys }) => {
      await owner.query(`create role plain login password 'plain'; grant create on database ${connect.owner.database} to plain`)
      const url = urlOf({ ...connect.owner, user: 'plain', password: 'plain' })
      const refused = await connectOutside(url, keys).then(
        () => assert.fail('made a role'),
        (error) => error,
      )
      assert.ok(refused instanceof RolesWrong)
      const sql = /run once: (.*;)$/.exec(refused.message)![1]!
      assert.equal(sql.includes(keys.secret('pg-app').toString('hex')), false, 'the password itself is not shown')
      await owner.query(sql)
      const { appRole } = await connectOutside(url, keys)
      for (const [spoil, mend, why] of [
        [`alter role ${appRole} bypassrls`, `alter role ${appRole} nobypassrls`, /more rights/],
        [`alter role ${appRole} superuser`, `alter role ${appRole} nosuperuser`, /more rights/],
        [`create table owned (n int); alter table owned owner to ${appRole}`, 'drop table owned', /owns/],
        [`grant plain to ${appRole}`, `revoke plain from ${appRole}`, /member/],
      ] as const) {
        await owner.query(spoil)
        await assert.rejects(
          connectOutside(url, keys),
          (error) => error instanceof RolesWrong && why.test(error.message),
          spoil,
        )
        await owner.query(mend)
      }
      await owner.query(`drop owned by plain cascade; drop role plain; drop role ${appRole}`)
    },
    { migrated: false },
  )
})

test('a url is shown without its password', () => {
  assert.equal(describeUrl('postgres://u:hunter2@db.example:5433/weir?sslmode=require'), 'db.example:5433/weir')
  assert.equal(describeUrl('hunter2'), 'a PostgreSQL by DATABASE_URL')
})

const DEBIAN = '/usr/lib/postgresql/15/bin'

test('PostgreSQL 15 of the system serves as well', {
  skip: existsSync(join(DEBIAN, 'initdb')) ? false : 'needs PostgreSQL 15: apt-get install postgresql-15',
}, async () => {
  const home = mkdtempSync(join(tmpdir(), 'weir-pg15-'))
  chmodSync(home, 0o711)
  const data = join(home, 'data')
  const runner = chooseRunner([DEBIAN, home])
  mkdirSync(data, { mode: 0o700 })
  writeFileSync(join(home, 'password'), 'outer\n', { mode: 0o644 })
  if (runner.mode === 'dropped') chownSync(data, runner.uid, runner.gid)
  const run = (program: string, args: string[]) => asRunner(runner, join(DEBIAN, program), args)
  const made = run('initdb', [
    '-D',
    data,
    '-U',
    'outer',
    '--pwfile',
    join(home, 'password'),
    '-A',
    'scram-sha-256',
    '-E',
    'UTF8',
    '--locale',
    'C',
    '-N',
  ])
  const { status, stderr } = spawnSync(made.file, made.args, { ...made.options, encoding: 'utf8', cwd: '/' })
  assert.equal(status, 0, stderr)
  const begun = run('postgres', ['-D', data, '-k', data, '-c', 'listen_addresses=', '-c', 'fsync=off'])
  const server = spawn(begun.file, begun.args, { ...begun.options, stdio: 'ignore', cwd: '/' })
  try {
    const connect = { host: data, user: 'outer', password: 'outer', database: 'postgres' }
    for (let tries = 0; ; tries++) {
      const up = await withClient(connect, async () => true).catch(() => false)
      if (up) break
      assert.ok(tries < 1200, 'PostgreSQL 15 did not start')
      await new Promise((done) => setTimeout(done, 50))
    }
    const outside = await connectOutside(urlOf(connect), memoryKeys(randomBytes))
    const owner = new pg.Pool({ ...outside.owner, max: 1 })
    await migrate(owner, outside.appRole)
    await owner.end()
    await withClient(outside.app, async (client) =>
      assert.equal((await client.query('select * from weir.finding')).rowCount, 0),
    )
  } finally {
    server.kill('SIGINT')
    await new Promise((done) => server.on('exit', done))
    rmSync(home, { recursive: true, force: true })
  }
})
