import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { CaseView } from '../../../contract/shapes/case.ts'
import { DAY, HOUR } from '../../../core/kernel/instant.ts'
import { CaseWorld } from '../../../devkit/case-world.ts'
import { openDoor, type TestDoor } from '../../../devkit/door.ts'
import type { Member } from '../../../devkit/members.ts'

const WALKS = 3
const FIRST = 1
const STEPS = 32

/** Numbers that are the same for the same seed (mulberry32). */
function dice(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below) | 0
  }
}

describe('random walks through cases', () => {
  let door: TestDoor
  let world: CaseWorld
  before(async () => {
    door = await openDoor()
    world = await CaseWorld.open(door)
  })
  after(async () => await door.close())
  let all = 0

  for (let seed = FIRST; seed < FIRST + WALKS; seed++)
    test(`walk ${seed}: whoever reads a flaw agreed to read it, and every refusal is a sentence`, async () => {
      const roll = dice(seed)
      const people = [...world.vendors, ...world.distributors, ...world.finders]
      /** The flaws that somebody has ever said yes to, by organisation: content of no other may be seen. */
      const agreed = new Map<string, Set<number>>(people.map(({ organisation }) => [organisation, new Set()]))
      const open = async () =>
        (await world.list(world.coordinator)).rows.filter(({ state }) => state === 'open').map(({ id }) => id)
      // Two cases that are under way: what follows finds something to break.
      for (const n of [1, 2]) {
        const { row } = await world.openCase([world.flaw(n)], { policy: 'cert-cc/45-days' })
        for (const whom of [world.vendors[n]!, world.vendors[0]!]) {
          await world.bring(row.id, whom, 'vendor')
          agreed.get(whom.organisation)!.add(n)
        }
      }
      let done = 0
      for (let step = 0; step < STEPS; step++) {
        const ids = await open()
        const id = ids[roll(ids.length)]
        const who = people[roll(people.length)]!
        const wanted = await next(roll, id ?? null, who, ids)
        if (wanted !== null) {
          const flaws = wanted.do === 'accept' && id !== undefined ? await offeredTo(who, id) : []
          const answer = await world.try(wanted.as, id!, wanted.act)
          const text = await answer.text()
          if (answer.status === 200) done++
          else assert.ok([400, 404, 409].includes(answer.status), text)
          if (answer.status === 409) assert.match((JSON.parse(text) as { detail: string }).detail, /\.$/)
          if (answer.status === 200) for (const flaw of flaws) agreed.get(who.organisation)!.add(flaw)
        }
        if (roll(6) === 0) await world.pass([HOUR, DAY, 8 * DAY][roll(3)]!)
        if (roll(5) === 0) door.time.second = [0, 0, -HOUR, HOUR][roll(4)]!
        await look(who, agreed, await open())
        await look(world.stranger, agreed, await open())
      }
      door.time.second = 0
      await world.pass(400 * DAY)
      for (const id of await open()) {
        const { embargo, row } = await world.view(world.coordinator, id)
        assert.ok(row.endsAt === null && embargo.state !== 'active', 'no end has passed unnoticed')
        await world.try(world.coordinator, id, { do: 'close', why: 'The walk is over.' })
      }
      all += done
    })

  test('the walks went somewhere', () => assert.ok(all > WALKS * 4, `${all} acts were taken`))

  /** Content of a flaw shows by its secret words. */
  async function look(who: Member, agreed: ReadonlyMap<string, ReadonlySet<number>>, ids: readonly string[]): Promise<void> {
    for (const id of ids)
      for (const rest of ['', '/papers', '/timeline']) {
        const text = await (await world.get(who, id, rest)).text()
        for (const n of [1, 2, 3])
          if (text.includes(`secret words of finding ${n}`) || text.includes(`Overflow number ${n}`))
            assert.ok(agreed.get(who.organisation)?.has(n) === true, `reads flaw ${n} without having agreed`)
      }
  }

  async function offeredTo(who: Member, id: string): Promise<number[]> {
    const { rows } = await door.database.owner.query(
      'select flaw_id from weir.case_flaw where case_id = $1 and removed_at is null',
      [id],
    )
    const held = rows.map(({ flaw_id }) => flaw_id as string)
    assert.ok(who.id !== '')
    return [1, 2, 3].filter((n) => held.includes(world.flaw(n)))
  }

  async function next(roll: (below: number) => number, id: string | null, who: Member, ids: readonly string[]) {
    if (id === null || roll(8) === 0) {
      await world.tryOpen({ flaws: [world.flaw(roll(3) + 1)], policy: roll(2) === 0 ? null : 'cert-cc/45-days' })
      return null
    }
    const answer = await world.get(who, id)
    const view = answer.status === 200 ? ((await answer.json()) as CaseView) : null
    const own = view?.you[0] ?? `ptp_${'0'.repeat(24)}`
    const flaw = world.flaw(roll(3) + 1)
    const { you } = await world.view(world.coordinator, id)
    const other = ids[roll(ids.length)]
    const version = view?.embargo.terms?.version ?? view?.embargo.open[0]?.number ?? null
    const endsAt = world.in((roll(60) + 1) * DAY)
    const offer = { endsAt, policy: 'agreed/1', why: 'It suits us.' }
    const kinds = ['vendor', 'maintainer', 'finder', 'distributor', 'operator', 'observer']
    const chair = you[0]
    const invite = { do: 'invite', organisation: who.organisation, kind: kinds[roll(kinds.length)], tier: 1 }
    const acts: readonly (readonly [Member, { readonly do: string } & Readonly<Record<string, unknown>>])[] = [
      [world.coordinator, invite],
      [world.coordinator, invite],
      [who, { do: 'accept', party: own, version }],
      [who, { do: 'accept', party: own, version }],
      [who, { do: 'decline', party: own }],
      [who, { do: 'propose', party: own, ...offer }],
      [world.coordinator, { do: 'propose', party: chair, ...offer }],
      [
        who,
        { do: 'answer', party: own, number: view?.embargo.open[0]?.number ?? 1, answer: roll(2) === 0 ? 'accept' : 'decline' },
      ],
      [who, { do: 'report', party: own, to: ['valid', 'accepted', 'deferred', 'invalid'][roll(4)] }],
      [who, { do: 'step', party: own, flaw, step: roll(2) === 0 ? 'fix-ready' : 'deployed' }],
      [who, { do: 'state', party: own, flaw, status: 'affected', text: 'We say so.' }],
      [who, { do: 'note', party: own, flaw, what: 'attacks', at: world.in(-HOUR), evidence: 'Seen.' }],
      [who, { do: 'hide', party: own, hidden: roll(2) === 0 }],
      [who, { do: 'leave', party: own }],
      [world.coordinator, { do: 'merge', from: other ?? id }],
      [world.coordinator, { do: 'split', flaws: [flaw], why: 'Another release.' }],
      [world.coordinator, { do: 'add-flaw', flaw }],
      [world.coordinator, { do: 'end-embargo', why: 'adversary-knows' }],
    ]
    const [as, act] = acts[roll(acts.length)]!
    return { as, act, do: act.do }
  }
})
