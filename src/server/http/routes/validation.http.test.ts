import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import type { ValidationRow } from '../../../contract/shapes/validation.ts'
import type { TestDoor } from '../../../devkit/door.ts'
import { FakeRunner, fakeOutcome } from '../../../devkit/fake-runner.ts'
import type { Member } from '../../../devkit/members.ts'
import { ProofDesk, RECIPE } from '../../../devkit/proof-desk.ts'
import { sweepLeases } from '../../app/validation/sweep-leases.ts'

describe('validation over HTTP', () => {
  let desk: ProofDesk
  let door: TestDoor
  let coordinator: Member
  let finder: Member
  let other: Member
  let runner: FakeRunner
  let target: string

  before(async () => {
    desk = await ProofDesk.open()
    ;({ door, coordinator, finder, other, runner, target } = desk)
  })
  after(async () => await desk.door.close())

  const send = (who: Member, symbol: string, product?: string) => desk.send(who, symbol, product)
  const ask = (who: Member, path: string, more?: object) => desk.ask(who, path, more)
  const get = (who: Member, path: string) => desk.get(who, path)
  const page = (who: Member, id: string) => desk.page(who, id)
  const addTarget = (who: Member, purl: string) => desk.addTarget(who, purl)
  const proofOf = (flaw: string) => desk.proofOf(flaw)

  test('a flaw is asked to be proved, run, and shown with what came of it', async () => {
    const { flaw, finding } = await send(finder, 'qr_first')
    const added = await door.ask('POST', `/v1/findings/${finding}/evidence?kind=patch&name=fix.diff`, {
      as: finder.as,
      body: '--- a/x\n+++ b/x\n',
    })
    assert.equal(added.status, 201)
    const patch = await added.json()
    const waiting = await ask(coordinator, `/v1/flaws/${flaw}/validations`, { tasks: ['reproduce', 'patch'] })
    assert.equal(waiting.state, 'waiting')
    assert.equal(waiting.target.name, 'pkg:generic/qr@1')
    const job = (await runner.lease())!
    assert.equal(job.id, waiting.id)
    assert.deepEqual(
      job.proof.patches.map(({ id, fixes }) => [id, fixes]),
      [[patch.id, [`${finding}-1`]]],
    )
    const [reproducer] = job.proof.reproducers
    assert.equal(reproducer!.claim.symbol, 'qr_first')
    const digest = reproducer!.input.kind === 'file' ? reproducer!.input.input.digest : ''
    assert.equal((await runner.input(job, digest))?.toString(), `qr_first by ${finder.organisation}`)
    const source = job.proof.target.source
    assert.equal((await runner.input(job, source.kind === 'archive' ? source.input.digest : ''))?.toString(), 'the source')
    assert.equal(await runner.input(job, `sha256:${'0'.repeat(64)}`), null, 'what the job does not name')
    assert.deepEqual(await runner.progress(job, `A, run 1 of 5 of ${finding}-1`), { stop: false })
    assert.equal((await page(coordinator, job.id)).row.progress?.done, 1)
    assert.equal((await runner.log(job, 'a log\x1b[31m')).status, 200)
    const small = Buffer.from('small')
    const sha = createHash('sha256').update(small).digest('hex')
    const outcome = {
      ...fakeOutcome(job.proof, 'confirmed'),
      minimised: [
        { reproducer: `${finding}-1`, before: 30, after: 5, runs: 9, minimised: `sha256:${sha}`, say: `${finding}-1 shrank.` },
      ],
    }
    const products = [{ name: 'smaller', content: small.toString('base64') }]
    assert.equal(await runner.finish(job, outcome, { products }), true)
    const ended = await page(coordinator, job.id)
    assert.equal(ended.row.state, 'done')
    assert.equal(ended.row.say, 'The reproducer was confirmed, the patch was not validated.')
    assert.equal(ended.result?.reproducers[0]?.letter, 'A')
    assert.equal(ended.result?.patches[0]?.diff, '--- a/x\n+++ b/x\n')
    assert.equal(ended.result?.minimised[0]?.say, 'A (crash-1) shrank.')
    const product = await get(coordinator, `/v1/validations/${job.id}/products/${ended.result!.minimised[0]!.product}`)
    assert.equal(await product.text(), 'small')
    const log = await get(coordinator, `/v1/validations/${job.id}/log`)
    assert.equal(await log.text(), 'a log\x1b[31m')
    assert.match(log.headers.get('content-disposition') ?? '', /^attachment/)
    assert.equal(log.headers.get('x-content-type-options'), 'nosniff')
    assert.match(log.headers.get('content-type') ?? '', /^text\/plain/)
    const envelope = await (await get(coordinator, `/v1/validations/${job.id}/statement`)).json()
    const payload = Buffer.from(envelope.payload, 'base64')
    assert.equal(ended.result?.statement?.digest, `sha256:${createHash('sha256').update(payload).digest('hex')}`)
    const proof = await proofOf(flaw)
    assert.equal(proof.proofMet, true)
    assert.equal(proof.sandbox.ready, true)
    assert.deepEqual(
      proof.targets.map(({ id }) => id),
      [target],
    )
    assert.deepEqual(
      proof.cells.map((cell) => [cell.patch, cell.outcome]),
      [
        ['base', 'fires'],
        ['benign', 'silent'],
      ],
    )
    assert.equal((await (await get(coordinator, `/v1/flaws/${flaw}`)).json()).row.proof, 'confirmed')
  })

  test('what was brought and what came of it lies sealed: nothing of it can be read in the records', async () => {
    const tables = ['target', 'evidence', 'validation', 'event', 'proof_edge']
    const words = [
      'qr_first',
      'crash-1',
      'fix.diff',
      'pkg:generic/qr',
      'the source',
      'parse_name',
      'make check',
      'a log',
      'sha256:',
    ]
    for (const table of tables) {
      const { rows } = await door.database.owner.query(`select t::text as all from weir.${table} t`)
      assert.ok(rows.length > 0 || table === 'proof_edge', table)
      const text = rows.map((row) => row.all).join('\n')
      for (const word of words) {
        assert.ok(!text.includes(word), `${table}: ${word}`)
        assert.ok(!text.includes(Buffer.from(word).toString('hex')), `${table}: ${word} as bytes`)
      }
    }
  })

  test('a statement by another key, about another outcome or other inputs is refused, and the job goes on', async () => {
    const { flaw } = await send(finder, 'qr_forged')
    await ask(coordinator, `/v1/flaws/${flaw}/validations`)
    const job = (await runner.lease())!
    const outcome = fakeOutcome(job.proof, 'confirmed')
    const stranger = await FakeRunner.join(door)
    const forged = [
      stranger.statement(job.proof, outcome),
      runner.statement(job.proof, fakeOutcome(job.proof, 'not-reproduced')),
      runner.statement({ ...job.proof, reproducers: [] }, outcome),
      { ...runner.statement(job.proof, outcome), payload: 'e30=' },
      null,
    ]
    for (const envelope of forged) assert.equal(await runner.finish(job, outcome, { envelope }), 422)
    assert.equal(await runner.finish(job, { ...outcome, extra: 1 } as never), 400)
    assert.equal((await page(coordinator, job.id)).row.state, 'running')
    assert.equal(await runner.finish(job, outcome), true)
  })

  test('a result counts once: sent again it changes nothing, and after the lease is lost it is not taken', async () => {
    const { flaw } = await send(finder, 'qr_once')
    await ask(coordinator, `/v1/flaws/${flaw}/validations`)
    const job = (await runner.lease())!
    const outcome = fakeOutcome(job.proof, 'confirmed')
    assert.equal(await runner.finish(job, outcome), true)
    const committed = async () =>
      (await door.database.owner.query(`select version, commitment from weir.validation where id = $1`, [job.id])).rows[0]
    const first = await committed()
    assert.ok(first.commitment.length > 0)
    assert.equal(await runner.finish(job, fakeOutcome(job.proof, 'not-reproduced')), true, 'answered as before')
    assert.deepEqual(await committed(), first)
    assert.equal((await page(coordinator, job.id)).result?.reproducers[0]?.verdict, 'confirmed')

    await ask(coordinator, `/v1/flaws/${flaw}/validations`)
    const lost = (await runner.lease())!
    door.time.now += 31_000
    assert.equal(await sweepLeases(door.desks.validation), 1)
    const again = (await runner.lease())!
    assert.equal(again.id, lost.id)
    assert.notEqual(again.lease, lost.lease)
    assert.equal(await runner.finish(lost, outcome), false)
    assert.equal(await runner.progress(lost), 404)
    assert.equal((await runner.log(lost, 'x')).status, 404)
    assert.equal(await runner.input(lost, lost.proof.patches[0]?.input.digest ?? 'x'), null)
    assert.equal(await runner.finish(again, outcome), true)
  })

  test('progress keeps a lease; a runner lost three times ends it', async () => {
    const { flaw } = await send(finder, 'qr_lost')
    const { id } = await ask(coordinator, `/v1/flaws/${flaw}/validations`)
    const kept = (await runner.lease())!
    for (let n = 0; n < 3; n++) {
      door.time.now += 20_000
      assert.deepEqual(await runner.progress(kept), { stop: false })
      assert.equal(await sweepLeases(door.desks.validation), 0)
    }
    for (let n = 0; n < 3; n++) {
      if (n > 0) assert.equal((await runner.lease())!.id, id)
      door.time.now += 31_000
      assert.equal(await sweepLeases(door.desks.validation), 1)
    }
    assert.equal(await runner.lease(), null)
    const { row } = await page(coordinator, id)
    assert.deepEqual([row.state, row.say], ['failed', 'The runner was lost three times while it ran this.'])
  })

  test('a runner that was killed and registers anew has lost what it held: it runs again at once', async () => {
    const { flaw } = await send(finder, 'qr_anew')
    const { id } = await ask(coordinator, `/v1/flaws/${flaw}/validations`)
    const held = (await runner.lease())!
    assert.equal(await runner.startAgain(), 200)
    assert.equal((await page(coordinator, id)).row.say, 'Its runner was lost; it waits to be run again.')
    assert.equal(await runner.finish(held, fakeOutcome(held.proof, 'confirmed')), false)
    const again = (await runner.lease())!
    assert.equal(again.id, id)
    assert.equal(await runner.finish(again, fakeOutcome(again.proof, 'confirmed')), true)
  })

  test('a runner that ends gives its job back at once, and that is no loss', async () => {
    const { flaw } = await send(finder, 'qr_returned')
    const { id } = await ask(coordinator, `/v1/flaws/${flaw}/validations`)
    for (let n = 0; n < 4; n++) {
      const job = (await runner.lease())!
      assert.equal(job.id, id)
      assert.equal(await runner.end(job, { how: 'returned' }), true)
    }
    const job = (await runner.lease())!
    assert.equal(await runner.finish(job, fakeOutcome(job.proof, 'not-reproduced')), true)
    assert.equal((await (await get(coordinator, `/v1/flaws/${flaw}`)).json()).row.proof, 'not-reproduced')
  })

  test('whoever asked may stop it: waiting at once, running when its runner hears of it', async () => {
    const { flaw, finding } = await send(finder, 'qr_stop')
    const first = await ask(coordinator, `/v1/flaws/${flaw}/validations`)
    const stop = async (who: Member, id: string) =>
      (await door.ask('POST', `/v1/validations/${id}/stop`, { as: who.as })).status
    assert.equal(await stop(finder, first.id), 404, 'not theirs to see')
    assert.equal(await stop(coordinator, first.id), 200)
    assert.equal(await stop(coordinator, first.id), 409)
    assert.equal((await page(coordinator, first.id)).row.say, 'Stopped before it ran.')
    const own = await addTarget(finder, 'pkg:generic/qr')
    const mine = await ask(finder, `/v1/findings/${finding}/validations`, { target: own })
    const job = (await runner.lease())!
    assert.equal(job.id, mine.id)
    assert.equal(await stop(other, job.id), 404)
    assert.equal(await stop(finder, job.id), 200)
    assert.deepEqual(await runner.progress(job), { stop: true })
    assert.equal(await runner.end(job, { how: 'stopped' }), true)
    assert.equal((await page(finder, job.id)).row.state, 'stopped')
  })

  test('a finder proves their own finding with their own evidence, and learns nothing of anyone else’s', async () => {
    const first = await send(other, 'qr_shared')
    const mine = await send(finder, 'qr_shared')
    assert.equal(first.flaw, mine.flaw)
    const own = await addTarget(finder, 'pkg:generic/qr')
    const asked = await ask(finder, `/v1/findings/${mine.finding}/validations`, { target: own, tasks: ['reproduce', 'matrix'] })
    assert.deepEqual([asked.flaw, asked.finding, asked.by], [null, mine.finding, 'Halyard Labs'])
    const job = (await runner.lease())!
    assert.deepEqual(
      job.proof.reproducers.map(({ id }) => id),
      [`${mine.finding}-1`],
    )
    assert.equal(await runner.finish(job, fakeOutcome(job.proof, 'confirmed')), true)
    const state = async () => (await (await get(finder, `/v1/findings/${mine.finding}`)).json()).state
    assert.notEqual(await state(), 'known-already', 'whoever brings the target can make anything crash in it')
    assert.equal((await proofOf(mine.flaw)).proofMet, false)

    const whole = await ask(coordinator, `/v1/flaws/${mine.flaw}/validations`)
    const theirs = await ask(coordinator, `/v1/findings/${first.finding}/validations`)
    const nowhere = await (await get(finder, '/v1/nowhere')).text()
    for (const path of [
      `/v1/validations/${whole.id}`,
      `/v1/validations/${theirs.id}`,
      `/v1/validations/${theirs.id}/log`,
      `/v1/validations/${theirs.id}/statement`,
      `/v1/flaws/${mine.flaw}/proof`,
      `/v1/targets/${target}`,
    ])
      assert.equal(await (await get(finder, path)).text(), nowhere, path)
    for (const [path, body] of [
      [`/v1/findings/${first.finding}/validations`, { target: own }],
      [`/v1/findings/${mine.finding}/validations`, { target }],
      [`/v1/flaws/${mine.flaw}/validations`, { target: own }],
      [`/v1/findings/${first.finding}/evidence?kind=patch`, 'x'],
      [`/v1/validations/${theirs.id}/stop`, {}],
    ] as const)
      assert.equal(await (await door.ask('POST', path, { as: finder.as, body })).text(), nowhere, path)
    const seen = await (await get(finder, '/v1/validations')).json()
    assert.ok(seen.rows.every((row: ValidationRow) => row.id !== whole.id && row.id !== theirs.id && row.flaw === null))
    assert.ok(!JSON.stringify(seen).includes('qr_shared'))

    // Coordination proves both: who came later and proved it is told; who came first is not told what they did not ask.
    for (let n = 0; n < 2; n++) {
      const next = (await runner.lease())!
      assert.equal(await runner.finish(next, fakeOutcome(next.proof, 'confirmed')), true)
    }
    assert.equal(await state(), 'known-already')
    assert.notEqual((await (await get(other, `/v1/findings/${first.finding}`)).json()).state, 'known-already')
    const told = await page(other, theirs.id)
    assert.deepEqual([told.row.by, told.row.target.name], ['The clearinghouse', 'A target of the clearinghouse'])
    assert.equal(told.result?.reproducers[0]?.verdict, 'confirmed')
  })

  test('what cannot be run is refused with the reason, and nothing waits', async () => {
    const { flaw, finding } = await send(finder, 'qr_refused')
    const refused = async (body: object, path = `/v1/flaws/${flaw}/validations`) => {
      const answer = await door.ask('POST', path, { as: coordinator.as, body })
      return [answer.status, (await answer.json()).code]
    }
    const bare = await (await door.ask('POST', '/v1/targets?kind=archive&name=bare', { as: coordinator.as, body: 'x' })).json()
    assert.deepEqual(await refused({ target: bare.id }), [409, 'target.no-recipe'])
    assert.deepEqual(await refused({ target: `tgt_${'0'.repeat(24)}` }), [404, 'thing.not-found'])
    assert.deepEqual(await refused({ target, settings: { runs: 1 } }), [400, 'request.invalid'])
    await door.ask('PUT', `/v1/targets/${bare.id}/recipe`, {
      as: coordinator.as,
      body: { ...RECIPE, harnesses: [...RECIPE.harnesses, { name: 'second', kind: 'command', run: ['x'] }] },
    })
    assert.deepEqual(await refused({ target: bare.id }), [409, 'validation.nothing-to-run'])
    for (const [query, body] of [
      ['kind=none', 'x'],
      ['kind=patch', ''],
      ['kind=reproducer&fires=file:/etc/passwd', 'x'],
      ['kind=reproducer&requests=1,2', 'x'],
    ] as const) {
      const answer = await door.ask('POST', `/v1/findings/${finding}/evidence?${query}`, { as: coordinator.as, body })
      assert.equal(answer.status, 400, query)
    }
    const bad = await door.ask('PUT', `/v1/targets/${bare.id}/recipe`, {
      as: coordinator.as,
      body: { version: 'weir-recipe/1' },
    })
    assert.equal(bad.status, 400)
    const archive = Buffer.from('an image')
    const image = `sha256:${createHash('sha256').update(archive).digest('hex')}`
    await door.ask('PUT', `/v1/targets/${bare.id}/recipe`, { as: coordinator.as, body: { ...RECIPE, image } })
    assert.deepEqual(await refused({ target: bare.id }), [409, 'validation.nothing-to-run'], 'its image is not here')
    assert.equal(await runner.lease(), null)
    await door.ask('POST', '/v1/targets?kind=archive&name=image', { as: coordinator.as, body: archive })
    await ask(coordinator, `/v1/flaws/${flaw}/validations`, { target: bare.id })
    const job = (await runner.lease())!
    assert.equal((await runner.input(job, image))?.toString(), 'an image')
    assert.equal(await runner.end(job, { how: 'stopped' }), true)
  })

  test('requests of an exchange are inputs of their own', async () => {
    const { finding, flaw } = await send(finder, 'sv_exchange', 'sv')
    const added = await (
      await door.ask('POST', '/v1/targets?kind=archive&name=sv&purl=pkg:generic/sv', { as: coordinator.as, body: 'x' })
    ).json()
    const server = { name: 'http', kind: 'server', run: ['./sv'], port: 8080, readyMs: 1000, stop: 'SIGTERM' }
    const set = await door.ask('PUT', `/v1/targets/${added.id}/recipe`, {
      as: coordinator.as,
      body: { ...RECIPE, harnesses: [...RECIPE.harnesses, server] },
    })
    assert.equal(set.status, 200, await set.clone().text())
    const path = `/v1/findings/${finding}/evidence?kind=reproducer&harness=http&requests=4,6`
    assert.equal((await door.ask('POST', path, { as: finder.as, body: 'onetwotwo!' })).status, 201)
    await ask(coordinator, `/v1/flaws/${flaw}/validations`, { target: added.id })
    const job = (await runner.lease())!
    const [only] = job.proof.reproducers
    assert.equal(job.proof.reproducers.length, 1, 'the one in the report names no harness, and there are two')
    const requests = only!.input.kind === 'exchange' ? only!.input.requests : []
    const bytes = await Promise.all(requests.map(async ({ digest }) => (await runner.input(job, digest))?.toString()))
    assert.deepEqual(bytes, ['onet', 'wotwo!'])
    assert.equal(await runner.end(job, { how: 'failed', say: 'No.', mend: 'Do.' }), true)
    assert.equal((await page(coordinator, job.id)).row.say, 'No.')
  })
})
