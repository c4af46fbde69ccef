import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Credential, openDoor, type TestDoor } from '../../devkit/door.ts'
import { member } from '../../devkit/members.ts'
import { Ear } from '../jobs/ear.ts'
import { startExposure } from './exposure-follow.ts'

const SBOM = JSON.stringify({
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  components: [{ type: 'library', name: 'grebe-lock', version: '1.0.0', purl: 'pkg:npm/grebe-lock@1.0.0' }],
})

describe('open pages of an organisation', () => {
  let door: TestDoor
  let ear: Ear
  let following: ReturnType<typeof startExposure>
  before(async () => {
    door = await openDoor()
    ear = new Ear(door.ground.store)
    following = startExposure(door.desks.known, ear, door.desks.hub, () => (error) => assert.fail(String(error)))
  })
  after(async () => {
    await following?.stop()
    await ear?.close()
    await door?.close()
  })

  async function stream(as: Credential) {
    const answer = await door.ask('GET', '/v1/events', { as })
    assert.equal(answer.status, 200)
    const reader = answer.body!.getReader()
    const words = new TextDecoder()
    let said = ''
    const reading = (async () => {
      for (;;) {
        const { done, value } = await reader.read()
        if (done) return
        said += words.decode(value, { stream: true })
      }
    })()
    return {
      said: () => said,
      heard: async (what: RegExp) => {
        for (let waited = 0; !what.test(said); waited += 20) {
          if (waited > 5_000) assert.fail(`nothing was heard: ${JSON.stringify(said)}`)
          await new Promise((resolve) => setTimeout(resolve, 20))
        }
      },
      end: async () => {
        await reader.cancel()
        await reading
      },
    }
  }

  test('hear that something of theirs changed and not what; nobody else hears anything', async () => {
    const one = await member(door.ground, 'Fjordlight', ['operator'])
    const rival = await member(door.ground, 'Brackwater', ['operator', 'finder'])
    const coordinator = await member(door.ground, 'Coordination', ['coordinator'])
    const own = await stream(one.as)
    const others = [await stream(rival.as), await stream(coordinator.as)]
    const add = (as: Credential) => door.ask('POST', '/v1/inventories?asset=pump-01', { as, body: SBOM })
    assert.equal((await add(one.as)).status, 201)
    await own.heard(/^event: exposure\ndata: \{\}\n\n$/)
    // Their own change is heard after the first one: had that been for them, it would have come before.
    for (const other of others) assert.equal(other.said(), '')
    assert.equal((await add(rival.as)).status, 201)
    await others[0]!.heard(/^event: exposure\ndata: \{\}\n\n$/)
    assert.equal(others[1]!.said(), '')
    for (const each of [own, ...others]) await each.end()
  })
})
