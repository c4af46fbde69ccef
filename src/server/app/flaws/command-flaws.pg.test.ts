import assert from 'node:assert/strict'
import { test } from 'node:test'
import { idOf } from '../../../core/priority/decision-table.ts'
import { SUPPLIER_TABLE } from '../../../core/priority/tables/patching.ts'
import { brokenStore, Cut } from '../../../devkit/broken-store.ts'
import { type CoordinatorsDesk, coordinator, granted, openCoordination } from '../../../devkit/coordination.ts'
import { crashIn, item } from '../../../devkit/desk.ts'
import { withDatabase } from '../../../devkit/pg.ts'
import { decideSuggestion } from './decide-suggestion.ts'
import { mergeFlaws, splitFlaw, undoFlaw } from './group-flaws.ts'
import { judgeFlaw } from './judge-flaw.ts'

/** Sends claims from one organisation, one upload each, and groups them; the open flaws, oldest first. */
async function withFlaws({ desk, owner }: CoordinatorsDesk, ...symbols: string[]): Promise<string[]> {
  for (const symbol of symbols) {
    desk.time.now += 1000
    await desk.take(await desk.sender('Halyard Labs'), [item(crashIn(symbol))])
  }
  await desk.group()
  const { rows } = await owner.query<{ id: string }>(`select id from weir.flaw where state = 'open' order by first_at`)
  return rows.map(({ id }) => id)
}

const codeOf = (answer: { ok: boolean; code?: string }) => (answer.ok ? 'done' : answer.code)

test('a decision on what somebody saw before another’s decision is refused and changes nothing', async (t) => {
  await withDatabase(t, async (database) => {
    const here = await openCoordination(database)
    const [a, b, c] = (await withFlaws(here, 'qr_parse', 'qr_link', 'qr_name')) as [string, string, string]
    const { version } = (await here.page(a)).row
    granted(await mergeFlaws(here.ground, here.who, { into: a, from: b, version, why: '' }))
    const seen = await here.page(a)
    const finding = seen.findings[0]!.id
    const late = [
      await mergeFlaws(here.ground, here.who, { into: a, from: c, version, why: '' }),
      await splitFlaw(here.ground, here.who, a, { findings: [finding], version, why: '' }),
      await undoFlaw(here.ground, here.who, a, { version }),
      await judgeFlaw(here.ground, here.who, a, { table: idOf(SUPPLIER_TABLE), selections: {}, version }),
    ]
    assert.deepEqual(late.map(codeOf), Array(4).fill('flaw.changed'))
    assert.deepEqual(await here.page(a), seen)
  })
})

test('of two people who decide on the same version at once, one wins and the other is told', async (t) => {
  await withDatabase(t, async (database) => {
    const here = await openCoordination(database)
    const other = await coordinator(here.desk)
    const [a, b, c] = (await withFlaws(here, 'qr_parse', 'qr_link', 'qr_name')) as [string, string, string]
    const { version } = (await here.page(a)).row
    const both = await Promise.all([
      mergeFlaws(here.ground, here.who, { into: a, from: b, version, why: '' }),
      mergeFlaws(here.ground, other, { into: a, from: c, version, why: '' }),
    ])
    assert.deepEqual(both.map(codeOf).sort(), ['done', 'flaw.changed'])
    assert.equal((await here.page(a)).row.findings, 2)
  })
})

test('two merges in a ring at once do not both happen', async (t) => {
  await withDatabase(t, async (database) => {
    const here = await openCoordination(database)
    const [a, b] = (await withFlaws(here, 'qr_parse', 'qr_link')) as [string, string]
    const both = await Promise.all([
      mergeFlaws(here.ground, here.who, { into: a, from: b, version: 1, why: '' }),
      mergeFlaws(here.ground, here.who, { into: b, from: a, version: 1, why: '' }),
    ])
    assert.equal(both.filter(({ ok }) => ok).length, 1, JSON.stringify(both.map(codeOf)))
    const stands = both[0]!.ok ? a : b
    assert.equal((await here.page(stands)).row.findings, 2)
  })
})

test('a question is answered once: the second answer, also at the same time, is refused', async (t) => {
  await withDatabase(t, async (database) => {
    const here = await openCoordination(database)
    const other = await coordinator(here.desk)
    await withFlaws(here, 'qr_parse')
    const claim = { ...crashIn('qr_parse', 'the parser of link records overflows'), crash: null }
    here.desk.time.now += 1000
    await here.desk.take(await here.desk.sender('Tern Security'), [item(claim)])
    const [a, b] = (await withFlaws(here)) as [string, string]
    const question = (await here.page(b)).suggestions[0]!
    assert.deepEqual([question.other.id, question.state], [a, 'open'])
    const both = await Promise.all([
      decideSuggestion(here.ground, here.who, question.id, { verdict: 'merge', why: '' }),
      decideSuggestion(here.ground, other, question.id, { verdict: 'keep-apart', why: '' }),
    ])
    assert.equal(both.filter(({ ok }) => ok).length, 1, JSON.stringify(both.map(codeOf)))
    const again = await decideSuggestion(here.ground, other, question.id, { verdict: 'merge', why: '' })
    assert.equal(codeOf(again), 'suggestion.decided')
    const expected = both[0]!.ok ? 'merged' : 'kept-apart'
    assert.equal((await here.page(a)).suggestions[0]!.state, expected)
  })
})

test('what a person judged after a merge stays judged when the merge is undone', async (t) => {
  await withDatabase(t, async (database) => {
    const here = await openCoordination(database)
    const [a, b] = (await withFlaws(here, 'qr_parse', 'qr_link')) as [string, string]
    const before = (await here.page(a)).row.priority
    granted(await mergeFlaws(here.ground, here.who, { into: a, from: b, version: 1, why: '' }))
    const selections = { E: 'A', A: 'Y', T: 'T', P: 'S' }
    const judged = granted(await judgeFlaw(here.ground, here.who, a, { table: idOf(SUPPLIER_TABLE), selections, version: 2 }))
    assert.notDeepEqual(judged.row.priority, before)
    const undone = granted(await undoFlaw(here.ground, here.who, a, { version: 3 }))
    assert.deepEqual(undone.row.priority, judged.row.priority)
  })
})

test('a decision cut at any of its statements leaves nothing; one whose answer was lost is told as changed', async (t) => {
  await withDatabase(t, async (database) => {
    const here = await openCoordination(database)
    const [a, b] = (await withFlaws(here, 'qr_parse', 'qr_link')) as [string, string]
    const before = await here.page(a)
    const command = { into: a, from: b, version: 1, why: 'same' }
    const broken = (at: number, fate: 'lost' | 'unheard') => {
      let n = 0
      const begun: string[] = []
      const store = brokenStore(database.store, (text) => {
        if (text.startsWith('begin;')) begun.push(text)
        // The page is read in a transaction of its own: only the first one is the decision.
        return begun.length === 1 && (fate === 'lost' ? ++n === at : text === 'commit') ? fate : 'well'
      })
      return { ...here.ground, store }
    }
    let cuts = 0
    for (;;) {
      const merged = await mergeFlaws(broken(cuts + 1, 'lost'), here.who, command).catch((error: Error) => error)
      if (!(merged instanceof Error)) break
      assert.ok(merged instanceof Cut, merged.stack)
      assert.deepEqual(await here.page(a), before)
      cuts++
    }
    assert.ok(cuts >= 15, String(cuts))
    assert.equal((await here.page(a)).row.findings, 2)
    granted(await undoFlaw(here.ground, here.who, a, { version: 2 }))
    await assert.rejects(mergeFlaws(broken(0, 'unheard'), here.who, { ...command, version: 3 }), Cut)
    assert.equal(codeOf(await mergeFlaws(here.ground, here.who, { ...command, version: 3 })), 'flaw.changed')
    assert.deepEqual((await here.page(a)).findings.length, 2)
  })
})
