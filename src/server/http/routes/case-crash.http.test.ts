import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { CaseWorld } from '../../../devkit/case-world.ts'
import { openDoor, type TestDoor } from '../../../devkit/door.ts'
import type { CaseDesk } from '../../app/cases/case-desk.ts'
import { closeCase } from '../../app/cases/close-case.ts'
import { sweepCases } from '../../app/cases/sweep-cases.ts'

describe('a closing that is cut short', () => {
  let door: TestDoor
  let world: CaseWorld
  before(async () => {
    door = await openDoor()
    world = await CaseWorld.open(door)
  })
  after(async () => await door.close())

  /** The desk, with one of its tools failing once, before or after it did its work. */
  function breaking(part: 'erase' | 'delete', when: 'before' | 'after'): CaseDesk {
    const desk = door.desks.cases
    let left = 1
    const once = async (work: () => Promise<unknown>) => {
      const fails = left-- > 0
      if (!fails || when === 'after') await work()
      if (fails) throw new Error('the machine went away')
    }
    const keys = { ...bound(desk.keys), erase: (slots: readonly number[]) => once(() => desk.keys.erase(slots)) }
    const blobs = { ...bound(desk.blobs), delete: (name: never) => once(() => desk.blobs.delete(name)) }
    return { ...desk, ...(part === 'erase' ? { keys } : { blobs }) } as CaseDesk
  }

  for (const [n, [part, when]] of (
    [
      ['erase', 'before'],
      ['erase', 'after'],
      ['delete', 'before'],
      ['delete', 'after'],
    ] as const
  ).entries())
    test(`${part} fails ${when} it did its work: a later start finishes, once, and nothing can be read`, async () => {
      const { id } = (await world.openCase([world.flaw((n % 3) + 1)])).row
      const file = new Uint8Array(200_000).fill(n + 1)
      const added = await door.ask('POST', `/v1/cases/${id}/papers?kind=file&title=f`, { as: world.coordinator.as, body: file })
      assert.equal(added.status, 201)
      const slotOf = `select key_slot from weir.case_file where id = $1`
      const slot = (await door.database.owner.query(slotOf, [id])).rows[0].key_slot as number
      // As the act leaves it when the process dies at the end of its transaction.
      await closeOnly(id)
      await assert.rejects(closeCase(breaking(part, when), id), /went away/)
      const before = await world.view(world.coordinator, id)
      assert.deepEqual([before.row.state, before.receipt, before.flaws], ['closed', null, []])
      assert.equal(await sweepCases(door.desks.cases), 1)
      assert.equal(await sweepCases(door.desks.cases), 0)
      const { receipt } = await world.view(world.coordinator, id)
      assert.ok(receipt !== null)
      assert.deepEqual(door.ground.keys.get([slot]), [null])
      const { rows } = await door.database.owner.query(
        `select (select count(*) from weir.case_paper where case_id = $1)::int as papers,
           (select count(*) from weir.case_entry where case_id = $1 and length(body) > 0)::int as words,
           (select count(*) from weir.case_flaw where case_id = $1 and removed_at is null)::int as flaws`,
        [id],
      )
      assert.deepEqual(rows[0], { papers: 0, words: 0, flaws: 0 })
    })

  /** Closes by the act, with a key store that is out of reach the moment the act's transaction has ended. */
  async function closeOnly(id: string): Promise<void> {
    const { cases } = door.desks
    const held = cases.keys.allocate
    cases.keys.allocate = async () => {
      throw new Error('the machine went away')
    }
    try {
      const answer = await world.try(world.coordinator, id, { do: 'close', why: 'Done.' })
      assert.equal(answer.status, 200)
    } finally {
      cases.keys.allocate = held
    }
  }
})

/** An object's methods as its own members, bound to it. */
function bound<T extends object>(one: T): T {
  const names = new Set([...Object.keys(one), ...Object.getOwnPropertyNames(Object.getPrototypeOf(one))])
  const entries = [...names].map((name) => {
    const value = (one as Record<string, unknown>)[name]
    return [name, typeof value === 'function' ? value.bind(one) : value]
  })
  return Object.fromEntries(entries) as T
}
