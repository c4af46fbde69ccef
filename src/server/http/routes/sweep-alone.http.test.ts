import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { DAY, HOUR } from '../../../core/kernel/instant.ts'
import { type Asked, LetterStage } from '../../../devkit/letter-stage.ts'
import { sweepCases } from '../../app/cases/sweep-cases.ts'
import { sweepProjects } from '../../app/projects/sweep-projects.ts'

describe('what the clock says to many, where one of them cannot be read', () => {
  let stage: LetterStage
  let first: Asked
  let second: Asked

  before(async () => {
    stage = await LetterStage.open()
    first = await stage.written()
    second = await stage.written()
  })
  after(async () => await stage.close())

  const dueAt = async (table: 'case_file' | 'project', id: string): Promise<number | null> => {
    const { rows } = await stage.door.database.owner.query(`select due_at from weir.${table} where id = $1`, [id])
    return rows[0].due_at === null ? null : Number(new Date(rows[0].due_at))
  }

  test('is said to every other project, and told', async () => {
    for (const [n, one] of [first, second].entries()) {
      stage.door.time.now += n * 1000
      await stage.moveContact(one, 'other@next.example')
    }
    await stage.door.database.owner.query(
      `update weir.project_proof set body = '\\x00' where project_id = $1 and kind = 'change'`,
      [first.project],
    )
    stage.door.time.now += 73 * HOUR
    await assert.rejects(sweepProjects(stage.door.desks.projects))
    assert.deepEqual([(await dueAt('project', first.project)) === null, await dueAt('project', second.project)], [false, null])
  })

  test('is said to every other case, and told', async () => {
    await stage.door.database.owner.query(`update weir.case_file set body = '\\x00' where id = $1`, [first.id])
    stage.door.time.now += 50 * DAY
    const before = await dueAt('case_file', second.id)
    assert.ok(before !== null && before <= stage.door.time.now && (await dueAt('case_file', first.id))! <= before)
    await assert.rejects(sweepCases(stage.door.desks.cases))
    const after = await dueAt('case_file', second.id)
    assert.ok(after === null || after > stage.door.time.now)
  })
})
