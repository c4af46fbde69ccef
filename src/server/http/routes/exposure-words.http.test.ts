import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { ActionList, InventoryWhole } from '../../../contract/shapes/exposure.ts'
import { type Credential, openDoor, type TestDoor } from '../../../devkit/door.ts'
import { member } from '../../../devkit/members.ts'

// Each distinct component is matched once for all organisations: what one of them calls it, another never reads.

const MARK = 'zqwords'
const record = {
  id: 'GHSA-aaaa-aaaa-aaaa',
  modified: '2026-11-01T00:00:00Z',
  aliases: ['CVE-2026-0001'],
  affected: [
    {
      package: { ecosystem: 'npm', name: 'lodash' },
      ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '4.17.21' }] }],
    },
  ],
}

describe('two organisations with the same package', () => {
  let door: TestDoor
  const by = new Map<string, Credential>()

  before(async () => {
    door = await openDoor()
    for (const name of ['first', 'second']) by.set(name, (await member(door.ground, `Of ${name}`, ['operator'])).as)
    by.set('coordinator', (await member(door.ground, 'Coordination', ['coordinator'])).as)
    await ask('coordinator', 'POST', '/v1/records?kind=osv&name=osv', JSON.stringify(record))
    await door.desks.known.follower.follow()
  })
  after(async () => await door.close())

  async function ask(who: string, method: string, path: string, body?: string): Promise<string> {
    const answer = await door.ask(method, path, { as: by.get(who) ?? null, ...(body === undefined ? {} : { body }) })
    const text = await answer.text()
    assert.ok(answer.ok, `${method} ${path}: ${text}`)
    return text
  }
  const put = (who: string, asset: string, component: object) =>
    ask(
      who,
      'POST',
      `/v1/inventories?asset=${asset}`,
      JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.5', components: [{ type: 'library', ...component }] }),
    )
  const plain = { name: 'lodash', version: '4.17.20', purl: 'pkg:npm/lodash@4.17.20' }
  const own = [
    { ...plain, name: `${MARK} name` },
    { ...plain, version: `${MARK} version` },
    { ...plain, group: `${MARK} group` },
    { ...plain, purl: `${plain.purl}?download_url=https://${MARK}.example#${MARK}` },
  ]

  test('read their own words, whoever came first', async () => {
    for (const [n, component] of own.entries()) {
      const first = JSON.parse(await put('first', `${MARK}-${n}`, component)) as InventoryWhole
      const second = JSON.parse(await put('second', 'plain', plain)) as InventoryWhole
      for (const path of [
        '/v1/actions',
        '/v1/exposure/report?format=json',
        '/v1/exposure/report?format=csv',
        '/v1/inventories',
        `/v1/inventories/${second.id}`,
        `/v1/exposure/why?component=${plain.purl}&flaw=CVE-2026-0001`,
      ]) {
        const said = await ask('second', 'GET', path)
        assert.ok(!said.includes(MARK), `${n} ${path}: ${said}`)
      }
      const [action] = (JSON.parse(await ask('second', 'GET', '/v1/actions')) as ActionList).rows
      assert.deepEqual([action?.component, action?.from, action?.of], ['lodash', ['4.17.20'], 1])
      assert.ok((await ask('first', 'GET', '/v1/actions')).includes(MARK))
      await ask('first', 'DELETE', `/v1/inventories/${first.id}`)
      await ask('second', 'DELETE', `/v1/inventories/${second.id}`)
    }
  })
})
