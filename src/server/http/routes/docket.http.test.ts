import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { DocketLog, PaperList } from '../../../contract/shapes/docket.ts'
import { DAY } from '../../../core/kernel/instant.ts'
import { DocketWorld } from '../../../devkit/docket-desk.ts'
import { openDoor, type TestDoor } from '../../../devkit/door.ts'
import type { ReceiptJson } from '../../../ledger/receipt.ts'
import { openByCall } from '../../app/docket/act-endpoint.ts'

describe('a docket from inquiry to receipt', () => {
  let door: TestDoor
  let world: DocketWorld
  before(async () => {
    door = await openDoor()
    world = await DocketWorld.open(door)
  })
  after(async () => await door.close())

  test('an inquiry is answered, terms are offered, changed and signed by digest', async () => {
    await world.act('determining-authority', { do: 'answer-inquiry', answer: 'covered' })
    assert.equal((await world.view()).answered, 'covered')
    await world.signTerms()
    const view = await world.view()
    assert.equal(view.state, 'terms')
    assert.equal(view.terms[0]?.text, 'Terms of access.')
    assert.ok(view.terms[0]?.signed.developer && view.terms[0].signed.office)
  })

  test('the endpoint goes to the custodian, and its address to nobody who is not in D', async () => {
    await world.act('developer-lead', { do: 'plan-release', planned: { at: world.in(60), zone: 'Europe/Berlin' } })
    assert.equal((await world.putEndpoint({ sealed: 'not for us' })).status, 409)
    assert.equal((await world.putEndpoint()).status, 200)
    const ready = await world.act('developer-engineer', { do: 'dry-run' })
    assert.equal(ready.state, 'access-ready')
    assert.equal(ready.endpoint?.base, 'https://models.example/v1')
    assert.equal((await world.view('docket-officer')).endpoint?.base, null)
    assert.equal((await world.view('access-custodian')).endpoint?.base, null)
    await world.readIn('access-custodian', 'D')
    assert.equal((await world.view('access-custodian')).endpoint?.base, 'https://models.example/v1')
  })

  test('the window opens by the first call, counts calls, and closes at its end at the custodian as in the record', async () => {
    await door.custody.ask({ do: 'grant', docket: world.id, purpose: 'rns_1' })
    assert.equal(door.custody.call(world.id), 'window.not-open')
    assert.deepEqual(await openByCall(door.desks.docket, world.id), { ok: true, value: null })
    const open = await world.view('analyst')
    assert.equal(open.state, 'window-open')
    assert.equal(Date.parse(open.window!.endsAt!) - Date.parse(open.window!.openedAt!), 10 * DAY)
    for (let n = 0; n < 3; n++) assert.equal(door.custody.call(world.id), null)
    await world.settle()
    assert.equal((await world.view()).window?.calls[0]?.calls, 3)
    await world.pass(10 * DAY + 1)
    assert.equal(door.custody.call(world.id), 'window.ended')
    assert.equal((await world.view()).state, 'analysis')
    // Turned back, nothing opens again.
    door.time.now -= 5 * DAY
    assert.equal(door.custody.call(world.id), 'window.ended')
    await world.settle()
    assert.equal((await world.view()).state, 'analysis')
    door.time.now += 5 * DAY
  })

  test('the office records, with a reason that only readers of R see', async () => {
    await world.readIn('analyst', 'R')
    await world.readIn('determining-authority', 'R')
    const recorded = await world.act('determining-authority', {
      do: 'record',
      recorded: 'not-covered',
      reason: 'Below all of it.',
    })
    assert.equal(recorded.determination?.reason, 'Below all of it.')
    assert.equal((await world.view()).determination?.recorded, 'not-covered')
    assert.equal((await world.view()).determination?.reason, null)
    assert.equal((await world.view('docket-officer')).determination?.reason, null)
  })

  test('partners: both signatures, reason codes, grants by person that end, and a partner sees its own only', async () => {
    await world.readIn('partner-steward', 'P')
    const answers = { identity: 'The Bank, Springfield', ownership: 'Itself' }
    const proposed = await world.act('developer-lead', { do: 'propose-partner', name: 'The Bank', answers })
    await world.act('partner-steward', { do: 'propose-partner', name: 'Another', answers: {} })
    const partner = proposed.partners[0]!.partner
    assert.ok(proposed.partners[0]!.vetting!.lines.some(({ line, open }) => line === 'people' && open))
    await world.act('developer-lead', { do: 'sign-partner', partner })
    const selected = await world.act('partner-steward', { do: 'sign-partner', partner })
    assert.equal(selected.partners.find((one) => one.partner === partner)?.standing, 'selected')
    const other = selected.partners.find((one) => one.partner !== partner)!.partner
    await world.act('developer-lead', { do: 'decline-partner', partner: other, reasons: ['no-training'], again: null })
    const person = world.who('partner-person')
    assert.equal((await world.get(person)).status, 404)
    const until = world.in(5)
    await world.act('developer-lead', { do: 'grant-partner', partner, person: person.id, use: 'Find flaws.', until })
    const own = await world.view('partner-person')
    assert.equal(own.partners.length, 1)
    assert.deepEqual(
      own.partners[0]!.grants.map(({ use, mine }) => [use, mine]),
      [['Find flaws.', true]],
    )
    assert.deepEqual([own.terms, own.seated, own.model, own.window, own.question, own.may], [[], [], null, null, null, []])
    assert.equal((await world.view('docket-officer')).partners.length, 0)
    await world.pass(6 * DAY)
    assert.equal((await world.get(person)).status, 404)
  })

  test('messages are read by both sides and by nobody else; papers by their compartment', async () => {
    await world.paper('developer-lead', 'message', 'Hello over there.')
    const early = await world.tryPaper('benchmark-custodian', 'benchmark-document', 'sealed tasks')
    assert.equal(early.status, 404, 'not read in yet')
    await world.readIn('benchmark-custodian', 'B')
    const paper = await world.paper('benchmark-custodian', 'benchmark-document', 'sealed tasks')
    for (const seat of ['developer-lead', 'docket-officer', 'analyst', 'run-operator', 'inspector'] as const) {
      assert.equal((await world.get(world.who(seat), `/papers/${paper}`)).status, 404, seat)
    }
    const file = await world.get(world.who('benchmark-custodian'), `/papers/${paper}`)
    assert.equal(await file.text(), 'sealed tasks')
    const list = (await (await world.get(world.who('run-operator'), '/papers')).json()) as PaperList
    assert.deepEqual(
      list.rows.map(({ object, text, side }) => [object, text, side]),
      [['message', 'Hello over there.', 'developer']],
    )
    const all = JSON.stringify(await (await world.get(world.who('developer-lead'), '/papers')).json())
    assert.ok(!all.includes('sealed tasks') && !all.includes('canary') && !all.includes('Below all of it'), all)
  })

  test('the log names everybody who saw or was refused, chained, without content; the inspector reads it and nothing else', async () => {
    const log = (await (await world.get(world.who('inspector'), '/log?limit=500')).json()) as DocketLog
    const says = log.rows.map(({ say }) => say)
    assert.ok(says.includes('Asked for a sealed document; nothing was shown.'), says.join('\n'))
    assert.ok(says.includes('Took a sealed document as a file.') || says.includes('Read a sealed document.'))
    assert.ok(log.rows.some(({ what, calls }) => what === 'custody-call' && calls === 3))
    const text = JSON.stringify(log)
    for (const secret of ['Hello', 'sealed tasks', 'Below', 'The Bank', 'models.example', 'Find flaws'])
      assert.ok(!text.includes(secret), secret)
    assert.deepEqual(
      log.rows.map(({ entry }) => entry),
      log.rows.map((_, n) => log.total - n),
    )
    for (const path of ['/papers', '/receipt']) assert.equal((await world.get(world.who('inspector'), path)).status, 404)
    door.time.now += 120_000
    await door.desks.ledger.turn()
    const proof = (await (await world.get(world.who('inspector'), '/log/proof')).json()) as ReceiptJson
    const held = proof.statement as { entry: number; hash: string }
    assert.equal(log.rows.find(({ entry }) => entry === held.entry)?.hash, held.hash)
    const forDeveloper = (await (await world.get(world.who('developer-lead'), '/log?limit=500')).json()) as DocketLog
    assert.ok(forDeveloper.rows.some(({ who, seat }) => seat === 'benchmark-custodian' && who.includes('withheld')))
  })

  test('closing destroys all keys and gives a receipt that both sides sign', async () => {
    await world.act('docket-officer', { do: 'begin-closing' })
    assert.equal((await world.get(world.who('developer-lead'), '/receipt')).status, 409)
    await world.purge()
    await world.purge()
    assert.equal(door.custody.held.get(world.id)?.erased, true)
    const view = await world.view()
    assert.equal(view.state, 'closing')
    assert.equal(view.model, null)
    assert.equal((await world.get(world.who('developer-lead'), '/papers')).status, 410)
    const digest = view.closing!.receiptDigest!
    const receipt = (await (await world.get(world.who('docket-officer'), '/receipt')).json()) as Receipt
    assert.equal(receipt.statement.scan.found, 0)
    assert.ok(receipt.statement.destroyed['papers']! > 5 && receipt.statement.scan.rows > 100)
    await world.act('developer-lead', { do: 'sign-receipt', digest })
    const closed = await world.act('docket-officer', { do: 'sign-receipt', digest })
    assert.equal(closed.state, 'closed')
    const again = await world.try(world.who('developer-lead'), { do: 'withdraw' }, closed.version)
    assert.equal(again.status, 404, 'nothing can be done to it any more')
    await door.desks.ledger.turn()
    const proved = (await (await world.get(world.who('developer-lead'), '/receipt')).json()) as Receipt
    assert.ok(proved.ledger !== null && proved.signed.developer && proved.signed.office)
  })
})

interface Receipt {
  statement: { scan: { found: number; rows: number }; destroyed: Record<string, number> }
  ledger: unknown
  signed: { developer: unknown; office: unknown }
}
