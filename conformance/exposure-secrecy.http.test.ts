import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { demoPeople, signInAs } from '../bench/demo-people.ts'
import { ROUTES } from '../src/contract/routes.ts'
import type { ActionList, InventoryList } from '../src/contract/shapes/exposure.ts'
import { ask, read } from './door.ts'
import { scanPath } from './marker-scan.ts'
import { openWorld, type World } from './world.ts'

// What an inventory says stays with its organisation: every text of it carries one marker, in files that are read and in files that are
// not, and no answer to another person, no log line and no byte of the data folder tells it.

const MARK = `zqi${randomBytes(9).toString('hex')}`
let nth = 0
const mark = (field: string) => `${MARK}${field}${(nth++).toString(36)}`

const FLAWED = 'pkg:npm/lodash@4.17.20'

function cyclonedx(): object {
  const purl = `pkg:npm/${mark('scope')}/${mark('name')}@1.0.0?vcs_url=${mark('qualifier')}#${mark('subpath')}`
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${mark('serial')}`,
    metadata: {
      timestamp: '2026-11-21T00:00:00Z',
      tools: [{ vendor: mark('vendor'), name: mark('tool'), version: mark('toolversion') }],
      component: { type: 'application', 'bom-ref': mark('ref'), name: mark('subject'), version: mark('version') },
    },
    components: [
      {
        type: 'library',
        group: mark('group'),
        name: mark('name'),
        version: mark('version'),
        purl: FLAWED,
        'bom-ref': mark('ref'),
      },
      { type: 'library', name: mark('name'), purl: `${FLAWED}?download_url=https://${mark('host')}` },
      { type: 'library', name: mark('name'), version: mark('version'), purl, description: mark('description') },
      {
        type: 'firmware',
        name: mark('name'),
        version: '1',
        cpe: `cpe:2.3:o:${mark('maker')}:${mark('product')}:1:*:*:*:*:*:*:*`,
      },
      { type: 'device', name: mark('name'), version: mark('version'), hashes: [{ alg: 'SHA-256', content: mark('hash') }] },
      { type: mark('type'), name: mark('nameless') },
      { type: 'library', name: mark('name'), purl: `pkg:${mark('bad')}` },
      { type: 'library', name: { [mark('shape')]: mark('shape') }, purl: 7 },
    ],
    vulnerabilities: [
      { id: mark('flaw'), analysis: { state: 'not_affected', detail: mark('detail') }, affects: [{ ref: mark('ref') }] },
    ],
    [mark('extra')]: mark('extra'),
  }
}

const bad: readonly (() => string | Uint8Array)[] = [
  () => `{"bomFormat":"CycloneDX","components":[{"name":"${mark('cut')}","purl":"pkg:npm/${mark('cut')}@`,
  () =>
    `<?xml version="1.0"?><!DOCTYPE bom [<!ENTITY a "${mark('entity')}">]><bom xmlns="http://cyclonedx.org/schema/bom/1.5">&a;</bom>`,
  () => `{"bomFormat":"CycloneDX","${mark('key')}":[`,
  () => `nothing that is known: ${mark('text')}`,
  () => gzipSync(JSON.stringify({ a: mark('packed') })).subarray(0, 40),
  () => Buffer.concat([gzipSync(JSON.stringify(cyclonedx())).subarray(0, 200), Buffer.from(mark('broken'))]),
]

describe('an inventory', () => {
  let home: string
  let data: string
  let world: World
  let operator: string
  const others: { readonly roles: readonly string[]; readonly cookie: string }[] = []

  before(async () => {
    home = mkdtempSync(join(tmpdir(), 'weir-kept-'))
    data = join(home, 'data')
    world = await openWorld({ data, quiet: true, env: { WEIR_LOG: 'trace' } })
    const people = await demoPeople(world.url)
    const own = people.find(({ roles }) => roles.includes('operator'))!
    operator = await signInAs(world.url, own.id)
    const seen = new Set<string>()
    for (const { id, roles, organisation } of people) {
      // One person of each kind.
      if (organisation === own.organisation || seen.has(roles.join())) continue
      seen.add(roles.join())
      others.push({ roles, cookie: await signInAs(world.url, id) })
    }
    const body = JSON.stringify({
      id: 'GHSA-test-test-test',
      modified: '2026-01-01T00:00:00Z',
      aliases: ['CVE-2026-0001'],
      affected: [
        {
          package: { ecosystem: 'npm', name: 'lodash' },
          ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '5.0.0' }] }],
        },
      ],
    })
    assert.equal((await asking(`/v1/records?name=one&kind=osv`, 'POST', world.coordinator, body)).status, 200)
  })
  after(async () => {
    if (world.server.alive()) await world.server.stop()
    rmSync(home, { recursive: true, force: true })
  })

  const asking = async (path: string, method: string, cookie: string, body?: string | Uint8Array) =>
    await ask(world.url + path, {
      method,
      cookie,
      headers: { origin: world.url, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body }),
    })

  test('is kept, held against the records and acted on, whether it can be read or not', async () => {
    const tags = () => `unit=${mark('unit')}&organisation=${mark('organisation')}&type=${mark('type')}&exposure=public`
    const add = (body: string | Uint8Array) =>
      asking(`/v1/inventories?asset=${mark('asset')}&name=${mark('file')}.json&${tags()}`, 'POST', operator, body)
    assert.equal((await add(JSON.stringify(cyclonedx()))).status, 201)
    assert.equal((await add(gzipSync(JSON.stringify(cyclonedx())))).status, 201)
    for (const body of bad) {
      const refused = await add(body())
      assert.ok(refused.status >= 400 && refused.status < 500, `${refused.status} ${refused.body}`)
      assert.ok((await asking(`/v1/exposure/check?name=${mark('file')}`, 'POST', operator, body())).status >= 400)
    }
    assert.equal((await asking('/v1/exposure/check', 'POST', operator, JSON.stringify(cyclonedx()))).status, 200)
    assert.equal((await add('x'.repeat(300))).status, 422)
    const { rows } = await read<ActionList>(`${world.url}/v1/actions`, operator)
    const action = rows.find(({ assets }) => assets.length === 2)!
    assert.ok(JSON.stringify(action).includes(MARK))
    const done = { do: 'mitigate', assets: [action.assets[0]!.inventory], evidence: mark('evidence') }
    assert.equal((await asking(`/v1/actions/${action.id}`, 'POST', operator, JSON.stringify(done))).status, 200)
    await asking(`/v1/actions/${action.id}`, 'POST', operator, JSON.stringify({ do: mark('wrong'), [mark('wrong')]: 1 }))
    await asking(`/v1/inventories/${mark('id')}`, 'GET', operator)
    await asking(`/v1/exposure/why?component=pkg:npm/${mark('why')}@1&flaw=${mark('why')}`, 'GET', operator)
  })

  test('is told to nobody of another organisation, whoever asks for whatever', async () => {
    const paths = Object.values(ROUTES as Record<string, { method: string; path: string }>)
      .filter(
        ({ method, path }) =>
          method.toUpperCase() === 'GET' && !path.includes('{') && !path.includes('stream') && !path.includes('events'),
      )
      .map(({ path }) => path)
    const { rows } = await read<InventoryList>(`${world.url}/v1/inventories`, operator)
    paths.push(
      ...rows.map(({ id }) => `/v1/inventories/${id}`),
      '/v1/exposure/why?component=pkg:npm/lodash@4.17.20&flaw=CVE-2026-0001',
    )
    let answered = 0
    for (const { cookie, roles } of [...others, { cookie: '', roles: ['nobody'] }])
      for (const path of paths) {
        const answer = await ask(world.url + path, { cookie: cookie || null })
        if (answer.status === 200) answered++
        assert.ok(!answer.body.toString('latin1').toLowerCase().includes(MARK), `${roles.join()} ${path}`)
      }
    assert.ok(answered > 50, `${answered} answers`)
  })

  test('leaves no word in the log, nor in the records, the ledger, the public tree and the keys', async (t) => {
    await world.server.stop()
    const said = world.server.said().toLowerCase()
    assert.ok(said.includes('"event":"ready"'))
    assert.ok(!said.includes(MARK), said.slice(Math.max(0, said.indexOf(MARK) - 300)).slice(0, 600))
    for (const folder of [data, `${data}-keys`]) {
      const { files, bytes, leaks } = scanPath(folder, MARK)
      t.diagnostic(`${files} files, ${(bytes / 2 ** 20).toFixed(1)} MiB`)
      assert.deepEqual(leaks, [])
    }
  })
})
