import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import type { CasePaperList } from '../../../contract/shapes/case.ts'
import type { CaseWorld } from '../../../devkit/case-world.ts'
import { LetterStage } from '../../../devkit/letter-stage.ts'
import { loadCaseRow } from '../../store/case.ts'
import { inTransaction } from '../../store/connection.ts'

describe('mail that comes in while its case is changed', () => {
  let stage: LetterStage
  let world: CaseWorld

  before(async () => {
    stage = await LetterStage.open()
    ;({ world } = stage)
  })
  after(async () => await stage.close())

  /** Until so many queries wait for a row. */
  const waiting = async (n: number) => {
    for (let turn = 0; turn < 400; turn++) {
      const { rows } = await sql<{ n: number }>`
        select count(distinct pid)::int as n from pg_locks where not granted`.execute(stage.door.ground.store.db)
      if (rows[0]!.n >= n) return
      await pause(10)
    }
    assert.fail(`fewer than ${n} queries wait`)
  }
  /** While somebody holds the case's row `first` comes to wait for it, then the mail; both go on when it is let go. */
  const meet = async <T>(id: string, to: string, first: () => Promise<T>): Promise<readonly [T, string[]]> => {
    const [begun, mail] = await inTransaction(stage.door.ground.store, 'all', async (tx) => {
      await loadCaseRow(tx, id, true)
      const begun = first()
      await waiting(1)
      const mail = stage.answer(to, 'We look into it.')
      await waiting(2)
      return [[begun], [mail]] as const
    })
    return [await begun[0], await mail[0]!]
  }
  const repliesOf = async (id: string) => {
    const { rows } = await stage.ask<CasePaperList>('GET', `/v1/cases/${id}/papers`, world.coordinator)
    return rows.filter(({ kind }) => kind === 'reply').length
  }

  test('is kept by the case that it was merged into', async () => {
    const { id: from } = await stage.written()
    const to = stage.replyTo()
    const into = (await world.openCase([world.flaw(3)], { policy: 'cert-cc/45-days' })).row.id
    const merge = { do: 'merge', from } as never
    const [, codes] = await meet(from, to, async () => await world.act(world.coordinator, into, merge))
    assert.deepEqual(codes, ['250', '250'])
    assert.equal(await repliesOf(into), 1)
  })

  test('is not taken from who has left meanwhile', async () => {
    const { id, party } = await stage.written()
    const remove = { do: 'remove', participant: party, why: 'Shared what it read.' } as never
    const [, codes] = await meet(id, stage.replyTo(), async () => await world.act(world.coordinator, id, remove))
    assert.deepEqual(codes, ['250', '451'])
    assert.equal(await repliesOf(id), 0)
    assert.deepEqual(await stage.answer(stage.replyTo(), 'We look into it.'), ['550'])
  })
})
