import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { FlawPage } from '../../../contract/shapes/flaw.ts'
import { idOf } from '../../../core/priority/decision-table.ts'
import { SUPPLIER_TABLE } from '../../../core/priority/tables/patching.ts'
import { type CoordinatorsDesk, granted, openCoordination } from '../../../devkit/coordination.ts'
import { crashIn, item } from '../../../devkit/desk.ts'
import { withDatabase } from '../../../devkit/pg.ts'
import { decideSuggestion } from './decide-suggestion.ts'
import { mergeFlaws, splitFlaw, undoFlaw } from './group-flaws.ts'
import { judgeFlaw } from './judge-flaw.ts'

// Three crashes that pair up surely, and prose about the same places that only asks.
const CLAIMS = [
  crashIn('qr_parse'),
  crashIn('qr_parse', 'link record overflow'),
  crashIn('qr_link'),
  crashIn('qr_link', 'link table write past its end'),
  crashIn('qr_name'),
  { ...crashIn('qr_parse', 'overflow in the parser of link records'), crash: null },
  { ...crashIn('qr_link', 'the link table of the reader overflows'), crash: null },
  { ...crashIn('qr_tail'), target: null },
]
const HOMES = ['Halyard Labs', 'Tern Security', 'CRS Kittiwake']

async function arrive({ desk }: CoordinatorsDesk, n: number): Promise<void> {
  desk.time.now += 1000
  const claim = CLAIMS[n % CLAIMS.length]!
  const sender = await desk.sender(HOMES[n % HOMES.length]!)
  await desk.take(sender, [item({ ...claim, text: `told for the ${n}th time` })])
  await desk.group()
}

/** What a person sees of a flaw, without its counter and its history, which only grow. */
async function sight(room: CoordinatorsDesk, id: string): Promise<object> {
  const { history: _, row, suggestions, ...rest } = await room.page(id)
  const rowOf = ({ version: _, ...seen }: FlawPage['row']) => seen
  return { ...rest, row: rowOf(row), suggestions: suggestions.map((one) => ({ ...one, other: rowOf(one.other) })) }
}

const openFlaws = async ({ owner }: CoordinatorsDesk): Promise<string[]> =>
  (await owner.query<{ id: string }>(`select id from weir.flaw where state = 'open' order by id`)).rows.map(({ id }) => id)

/** What must hold after every command, counted afresh from the rows. */
async function holds(room: CoordinatorsDesk): Promise<void> {
  const { owner } = room
  const none = async (what: string, query: string) => assert.deepEqual((await owner.query(query)).rows, [], what)
  await none(
    'every finding is in one flaw, and that flaw is open',
    `select f.id from weir.finding f left join weir.member m on m.finding_id = f.id left join weir.flaw w on w.id = m.flaw_id
     group by f.id having count(w.id) <> 1 or not bool_and(w.state = 'open')`,
  )
  await none(
    'counts and dates of a flaw are those of its findings',
    `select w.id, w.findings, w.finders, count(*) from weir.flaw w left join weir.member m on m.flaw_id = w.id left join weir.finding f on f.id = m.finding_id
     where w.state = 'open' group by w.target_key, w.id
     having w.findings <> count(f.id) or w.finders <> count(distinct f.organisation_id) or w.first_at <> min(f.received_at) or w.last_at <> max(f.received_at)`,
  )
  await none(
    'each version of a flaw has its one event',
    `select w.id, w.version, array_agg(e.version order by e.version) from weir.flaw w left join weir.event e on e.aggregate = 'flaw' and e.aggregate_id = w.id
     group by w.target_key, w.id having count(e.version) <> w.version or min(e.version) <> 1 or max(e.version) <> w.version`,
  )
  await none(
    'what is merged points to a flaw',
    `select w.id from weir.flaw w where (w.state = 'open') <> (w.merged_into is null)`,
  )
  for (const id of await openFlaws(room)) {
    const { row, suggestions, findings } = await room.page(id)
    assert.equal(findings.length, row.findings)
    assert.equal(
      row.need === 'decide',
      suggestions.some(({ state }) => state === 'open'),
      `need of ${id}: ${row.need}`,
    )
    for (const one of suggestions.filter(({ state }) => state === 'open')) assert.equal(one.other.state, 'open')
  }
}

interface Step {
  readonly kind: 'merge' | 'split' | 'undo' | 'decide' | 'judge' | 'arrive'
  readonly a: number
  readonly b: number
  readonly back: boolean
}

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('merge', 'merge', 'split', 'split', 'undo', 'decide', 'decide', 'judge', 'arrive'),
  a: fc.nat(1000),
  b: fc.nat(1000),
  back: fc.boolean(),
})

/** Carries a step out where it can be; says which flaw to undo it on and what all its flaws looked like before. */
async function take(
  room: CoordinatorsDesk,
  { kind, a, b, back }: Step,
): Promise<{ undo: string; before: [string, object][] } | null> {
  const { ground, who, desk } = room
  desk.time.now += 1000
  const flaws = await openFlaws(room)
  const one = flaws[a % flaws.length]!
  const { row, findings, suggestions } = await room.page(one)
  const looks = async (ids: string[]) =>
    await Promise.all((back ? ids : []).map(async (id): Promise<[string, object]> => [id, await sight(room, id)]))
  const version = row.version
  switch (kind) {
    case 'arrive':
      await arrive(room, a)
      return null
    case 'judge': {
      const value = ['N', 'P', 'A'][b % 3]!
      const judged = await judgeFlaw(ground, who, one, { table: idOf(SUPPLIER_TABLE), selections: { E: value }, version })
      assert.equal(judged.ok, true, JSON.stringify(judged))
      return null
    }
    case 'undo': {
      const undone = await undoFlaw(ground, who, one, { version })
      assert.ok(undone.ok || ['flaw.nothing-to-undo', 'flaw.refused'].includes(undone.code), JSON.stringify(undone))
      return null
    }
    case 'merge': {
      const other = flaws[b % flaws.length]!
      const before = await looks(flaws)
      const merged = await mergeFlaws(ground, who, { into: one, from: other, version, why: 'same' })
      assert.ok(merged.ok || merged.code === 'flaw.refused', JSON.stringify(merged))
      return merged.ok ? { undo: one, before } : null
    }
    case 'split': {
      const out = findings.map(({ id }) => id).filter((_, i) => ((b >> (i % 10)) & 1) === 1)
      const before = await looks(flaws)
      const split = await splitFlaw(ground, who, one, { findings: out, version, why: 'two' })
      assert.ok(split.ok || split.code === 'flaw.refused', JSON.stringify(split))
      return split.ok ? { undo: one, before } : null
    }
    case 'decide': {
      const asked = suggestions.filter(({ state }) => state === 'open')[0]
      if (asked === undefined) return null
      const before = await looks(flaws)
      const decided = await decideSuggestion(ground, who, asked.id, { verdict: b % 2 ? 'merge' : 'keep-apart', why: 'seen' })
      // A question that stands can be answered, either way.
      return { undo: granted(decided).row.id, before }
    }
  }
}

test('whatever people decide in whatever order, no finding is lost, rows count right, and undo gives the same pages back', async (t) => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 8 }), async (steps) => {
      await withDatabase(t, async (database) => {
        const here = await openCoordination(database)
        for (let n = 0; n < 9; n++) await arrive(here, n)
        await holds(here)
        for (const one of steps) {
          const done = await take(here, one)
          await holds(here)
          if (done === null || !one.back) continue
          const { version } = (await here.page(done.undo)).row
          granted(await undoFlaw(here.ground, here.who, done.undo, { version }))
          await holds(here)
          for (const [id, look] of done.before)
            assert.deepEqual(await sight(here, id), look, `${one.kind} undone, seen at ${id}`)
        }
      })
    }),
    { numRuns: 8, interruptAfterTimeLimit: 20_000, endOnFailure: true },
  )
})
