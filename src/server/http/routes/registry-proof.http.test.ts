import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, test } from 'node:test'
import type { ProjectOut } from '../../../contract/shapes/project.ts'
import { openDoor, type TestDoor } from '../../../devkit/door.ts'
import { type Member, member } from '../../../devkit/members.ts'
import { readMailSettings } from '../../main/mail-settings.ts'

describe('the owner of a package in its registry', () => {
  let door: TestDoor
  let coordinator: Member
  let maintainer: Member
  let owners: string[] = []
  let asked = 0
  const registry = createServer((request, response) => {
    asked += 1
    const name = decodeURIComponent((request.url ?? '').slice(1))
    response.end(JSON.stringify({ name, maintainers: owners.map((email) => ({ email })) }))
  })

  before(async () => {
    await new Promise<void>((done) => registry.listen(0, '127.0.0.1', () => done()))
    const settings = readMailSettings({ WEIR_REGISTRY_NPM: `http://127.0.0.1:${(registry.address() as AddressInfo).port}` })
    assert.ok(settings.ok)
    door = await openDoor({ mail: settings.mail })
    coordinator = await member(door.ground, 'The Clearinghouse', ['coordinator'])
    maintainer = await member(door.ground, 'Makers', ['maintainer'])
  })
  after(async () => {
    registry.closeAllConnections()
    registry.close()
    await door.close()
  })

  const ask = async <T>(method: string, path: string, as: Member, body: unknown, status: number): Promise<T> => {
    const answer = await door.ask(method, path, { as: as.as, ...(body === undefined ? {} : { body }) })
    const text = await answer.text()
    assert.equal(answer.status, status, `${method} ${path}: ${text}`)
    return JSON.parse(text) as T
  }
  const enter = async (purl: string, contact: object) =>
    await ask<ProjectOut>('POST', '/v1/projects', coordinator, { name: 'P', purl, terms: { contact }, source: 'x' }, 201)
  const act = async (id: string, as: Member, what: object, status = 200) => {
    const { version } = await ask<ProjectOut>('GET', `/v1/projects/${id}`, as, undefined, 200)
    return await ask<ProjectOut & { where: string }>('POST', `/v1/projects/${id}/acts`, as, { version, act: what }, status)
  }

  test('is proved when the registry has the contact’s address, and not by anybody’s word', async () => {
    const { id } = await enter('pkg:npm/%40makers/left', { route: 'mail', at: 'Sec@makers.example' })
    const { proofs, proved } = await act(id, coordinator, { do: 'ask-proof', kind: 'registry' })
    assert.deepEqual(
      [proved, asked, proofs.map(({ kind, state, put }) => [kind, state, put])],
      [false, 0, [['registry', 'asked', null]]],
    )
    const check = { do: 'check-proof', proof: proofs[0]!.id }
    assert.equal((await act(id, coordinator, { ...check, seen: 'sec@makers.example' }, 409)).where, 'proof.not-looked')
    assert.equal(asked, 0)
    owners = ['other@makers.example', 'xsec@makers.example']
    assert.equal((await act(id, coordinator, check, 409)).where, 'proof.not-found')
    owners.push('sec@Makers.example')
    assert.equal((await act(id, coordinator, check)).proved, true)
    assert.equal(asked, 2)
  })

  test('is not offered for an organisation, a page, or a package of a registry that is not asked', async () => {
    const before = asked
    const npm = await enter('pkg:npm/right', { route: 'mail', at: 'sec@makers.example' })
    assert.equal((await act(npm.id, maintainer, { do: 'ask-proof', kind: 'registry' }, 409)).where, 'proof.other-place')
    const page = await enter('pkg:npm/page', { route: 'form', at: 'https://makers.example/report' })
    assert.equal((await act(page.id, coordinator, { do: 'ask-proof', kind: 'registry' }, 409)).where, 'proof.other-place')
    const crate = await enter('pkg:cargo/serde', { route: 'mail', at: 'sec@makers.example' })
    assert.equal((await act(crate.id, coordinator, { do: 'ask-proof', kind: 'registry' }, 409)).where, 'proof.not-looked')
    assert.equal(asked, before)
  })
})
