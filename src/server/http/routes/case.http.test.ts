import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { CaseView } from '../../../contract/shapes/case.ts'
import { CaseWorld } from '../../../devkit/case-world.ts'
import { openDoor, type TestDoor } from '../../../devkit/door.ts'

describe('a case from opening to consent', () => {
  let door: TestDoor
  let world: CaseWorld
  let opened: CaseView
  before(async () => {
    door = await openDoor()
    world = await CaseWorld.open(door)
  })
  after(async () => await door.close())

  test('a coordinator opens it under a policy, and its end is proposed with a reason', async () => {
    opened = await world.openCase([world.flaw(1)], { policy: 'cert-cc/45-days' })
    assert.equal(opened.embargo.state, 'proposed')
    assert.equal(opened.embargo.open[0]?.endsAt, world.in(45 * 86_400_000))
    assert.match(opened.embargo.dates.find(({ binds }) => binds)?.says ?? '', /CERT\/CC/)
    const [flaw] = opened.flaws
    assert.deepEqual(
      [flaw?.title, flaw?.finders, flaw?.reproducers.length, flaw?.patches.length],
      ['Overflow number 1', 1, 1, 1],
    )
    assert.match(flaw?.summary ?? '', /secret words/)
  })

  test('a flaw that is in an open case is refused with that case named; nobody but a coordinator opens one', async () => {
    const again = await world.tryOpen({ flaws: [world.flaw(1)] })
    const problem = (await again.json()) as { code: string; detail: string }
    assert.deepEqual([again.status, problem.code], [409, 'case.flaw-taken'])
    assert.ok(problem.detail.includes(opened.row.id))
    assert.equal((await world.tryOpen({ flaws: [world.flaw(2)] }, world.finders[1])).status, 404)
    assert.equal((await world.tryOpen({ flaws: ['flw_000000000000000000000000'] })).status, 400)
    assert.equal((await world.tryOpen({ flaws: [world.flaw(2)], policy: 'nobody/1' })).status, 400)
  })

  test('before it is invited nobody sees it; before consent only the terms; after consent the content', async () => {
    const { id } = opened.row
    const [vendor] = world.vendors
    assert.equal((await world.get(vendor!, id)).status, 404)
    assert.deepEqual((await world.list(vendor!)).rows, [])
    await world.invite(id, vendor!, 'vendor')
    const asked = await world.view(vendor!, id)
    const text = JSON.stringify(asked)
    for (const secret of ['Overflow', 'secret words', 'quarry', world.flaw(1)]) assert.ok(!text.includes(secret), secret)
    assert.deepEqual([asked.row.reads, asked.flaws, asked.parties, asked.row.target], ['invitation', [], [], null])
    assert.equal(asked.embargo.open[0]?.number, 1)
    for (const rest of ['/papers', '/timeline', '/receipt', '/proof'])
      assert.equal((await world.get(vendor!, id, rest)).status, 404, rest)
    assert.equal((await world.say(vendor!, id, 'hello')).status, 404)
    assert.deepEqual(
      (await world.list(vendor!, '?tab=yours')).rows.map((row) => [row.id, row.whoseMove, row.title]),
      [[id, 'yours', null]],
    )
    const wrong = await world.try(vendor!, id, { do: 'accept', party: asked.you[0], version: null })
    assert.equal(wrong.status, 409)
    const inside = await world.accept(vendor!, id)
    assert.equal(inside.embargo.state, 'active')
    assert.deepEqual([inside.row.reads, inside.flaws[0]?.title], ['content', 'Overflow number 1'])
    assert.ok(!JSON.stringify(inside).includes('Finder 1'), 'a finder is a number')
    const reproducer = inside.flaws[0]!.reproducers[0]!
    const bytes = await world.get(vendor!, id, `/reproducers/${reproducer.id}`)
    assert.deepEqual([...new Uint8Array(await bytes.arrayBuffer())], [0, 1, 2, 3])
    assert.match(bytes.headers.get('content-disposition') ?? '', /attachment/)
    assert.equal((await world.get(vendor!, id, `/patches/${reproducer.id}`)).status, 404)
  })
})
