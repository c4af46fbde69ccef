import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Matrix } from '../../../core/validation/matrix.ts'
import { fakeOutcome } from '../../../devkit/fake-runner.ts'
import { ProofDesk } from '../../../devkit/proof-desk.ts'
import { settleEdges } from './settle-edges.ts'

describe('what a cross matrix changes', () => {
  let desk: ProofDesk

  before(async () => {
    desk = await ProofDesk.open()
  })
  after(async () => await desk.door.close())

  /** Two flaws of one product that somebody asked about, and the job that crosses them. */
  async function crossed(name: string) {
    const [a, b] = [await desk.send(desk.finder, `${name}_one`, name), await desk.send(desk.other, `${name}_two`, name)]
    assert.notEqual(a.flaw, b.flaw)
    const [x, y] = [a.flaw, b.flaw].sort()
    await desk.door.database.owner.query(
      `insert into weir.suggestion (target_key, id, flaw_a, flaw_b, score, algorithm, reasons, reasons_of, key_slot, state, raised_at)
         select target_key, 'sgn_' || substr(md5($3), 1, 24), $1, $2, 0.7, 'test', '', lead_finding, 0, 'open', now() from weir.flaw where id = $1
         on conflict do nothing`,
      [x, y, name],
    )
    const row = await desk.ask(desk.coordinator, `/v1/flaws/${a.flaw}/validations`, { tasks: ['reproduce', 'matrix'] })
    const job = (await desk.runner.lease())!
    assert.equal(job.id, row.id)
    assert.equal(job.proof.reproducers.length, 2, 'of the flaw and of the one it may be the same as')
    const finish = async (relation: Matrix['relations'][number]['relation']) => {
      const relations = [{ a: `${a.finding}-1`, b: `${b.finding}-1`, relation, say: `${a.finding}-1 and ${b.finding}-1.` }]
      assert.equal(await desk.runner.finish(job, fakeOutcome(job.proof, 'confirmed', { cells: [], relations })), true)
      return await settleEdges(desk.door.desks.validation, job.id)
    }
    const flawOf = async (id: string) => await (await desk.get(desk.coordinator, `/v1/flaws/${id}`)).json()
    return { a, b, job, finish, flawOf }
  }

  test('both ways the same: merged, in words, and it can be undone', async () => {
    const { a, b, finish, flawOf, job } = await crossed('mx_same')
    assert.equal(await finish('same'), 1)
    assert.equal(await settleEdges(desk.door.desks.validation, job.id), 0, 'a second run finds it settled')
    assert.equal((await flawOf(b.flaw)).row.state, 'merged')
    const into = await flawOf(a.flaw)
    assert.equal(into.row.findings, 2)
    assert.equal(into.row.proof, 'confirmed')
    assert.deepEqual([into.history[0].who, into.history[0].undoable], ['Weir', true])
    const undone = await desk.door.ask('POST', `/v1/flaws/${a.flaw}/undo`, {
      as: desk.coordinator.as,
      body: { version: into.row.version },
    })
    assert.equal(undone.status, 200)
    assert.equal((await flawOf(b.flaw)).row.state, 'open')
  })

  test('apart: the question is answered', async () => {
    const { a, finish, flawOf } = await crossed('mx_apart')
    assert.equal((await flawOf(a.flaw)).row.findings, 1)
    assert.equal(await finish('apart'), 1)
    const { rows } = await desk.door.database.owner.query(
      `select state from weir.suggestion where flaw_a = $1 or flaw_b = $1`,
      [a.flaw],
    )
    assert.deepEqual(rows, [{ state: 'kept-apart' }])
  })

  test('one way only: an edge and a question with that reason, never a merge', async () => {
    const { a, b, finish, flawOf } = await crossed('mx_covers')
    await desk.door.database.owner.query(`delete from weir.suggestion where flaw_a = $1 or flaw_b = $1`, [a.flaw])
    assert.equal(await finish('b-covers-a'), 1)
    const seen = await flawOf(a.flaw)
    assert.equal(seen.row.need, 'decide')
    assert.match(seen.suggestions[0].reasons[0].say, /^One covers the other: crash-1 and crash-1/)
    const { rows } = await desk.door.database.owner.query(`select a, b, kind from weir.proof_edge where a = $1 or b = $1`, [
      a.finding,
    ])
    assert.deepEqual(rows, [{ a: b.finding, b: a.finding, kind: 'covers' }])
    const proof = await desk.proofOf(a.flaw)
    assert.equal(proof.relations[0]?.otherFlaw, b.flaw)
  })

  test('what a person keeps apart stays apart', async () => {
    const { a, b, finish, flawOf } = await crossed('mx_person')
    const { rows } = await desk.door.database.owner.query(`select id from weir.suggestion where flaw_a = $1 or flaw_b = $1`, [
      a.flaw,
    ])
    await desk.door.ask('POST', `/v1/suggestions/${rows[0].id}/decide`, {
      as: desk.coordinator.as,
      body: { verdict: 'keep-apart', why: 'They are not.' },
    })
    assert.equal(await finish('same'), 0)
    assert.equal((await flawOf(b.flaw)).row.state, 'open')
  })
})
