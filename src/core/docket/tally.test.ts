import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { at, playTo } from '../../devkit/docket-play.ts'
import { SMALL_BELOW, suppressSmall } from '../kernel/suppress.ts'
import { VETTING_REASONS } from './docket.ts'
import { countedOf, type DocketCounted, tallyDockets } from './tally.ts'
import { judgeVetting, VETTING_LIST } from './vetting.ts'

const vectors = (cells: number, total: number): number[][] =>
  cells === 1
    ? [[total]]
    : Array.from({ length: total + 1 }, (_, first) => vectors(cells - 1, total - first).map((rest) => [first, ...rest])).flat()

describe('small cells', () => {
  // Somebody who knows the total, the rule and everything shown tries every row of counts that would have been shown so.
  for (const cells of [2, 3, 4, 5]) {
    test(`of ${cells} in a row: whoever knows sum and rule is left with five counts or more for each withheld one`, () => {
      for (let total = 0; total <= (cells < 5 ? 22 : 14); total++) {
        const alike = new Map<string, number[][]>()
        for (const counts of vectors(cells, total)) {
          const shown = suppressSmall(counts)
          for (const [n, count] of shown.entries()) if (count !== null) assert.ok(count === counts[n] && count >= SMALL_BELOW)
          const key = JSON.stringify(shown)
          alike.set(key, [...(alike.get(key) ?? []), counts])
        }
        for (const [key, rows] of alike) {
          for (const [n, count] of (JSON.parse(key) as (number | null)[]).entries()) {
            if (count !== null) continue
            const could = new Set(rows.map((row) => row[n]!))
            assert.ok(could.size >= Math.min(SMALL_BELOW, total + 1), `${key} of ${total}: only ${[...could]}`)
          }
        }
      }
    })
  }
})

const one = (more: Partial<DocketCounted> = {}): DocketCounted => ({
  kind: 'access',
  state: 'closed',
  recorded: null,
  withdrawn: false,
  windowDays: null,
  ...more,
})
const many = (n: number, more: Partial<DocketCounted>) => Array.from({ length: n }, () => one(more))

describe('statistics over all dockets', () => {
  test('counts, and medians of whole days', () => {
    const rows = [...many(6, { withdrawn: true, windowDays: 10 }), ...many(7, { recorded: 'covered', windowDays: 30 })]
    const tally = tallyDockets([...rows, ...many(9, { kind: 'notice', state: 'inquiry' })])
    assert.deepEqual(tally.withdrawn, 6)
    assert.equal(tally.medianDays, 30)
    assert.deepEqual(tally.byKind, { notice: null, access: 13, deployment: null })
    assert.equal(tally.byState.closed, null)
    assert.equal(tallyDockets([...rows, ...many(5, { windowDays: 1 })]).medianDays, 10)
    assert.equal(tallyDockets([...many(3, { windowDays: 10 }), ...many(3, { windowDays: 13 })]).medianDays, 11.5)
  })

  test('few dockets: nothing at all', () => {
    for (const n of [0, 1, 4]) {
      const { byKind, byState, byRecorded, withdrawn, medianDays } = tallyDockets(many(n, { withdrawn: true, windowDays: 3 }))
      const cells = [byKind, byState, byRecorded].flatMap((row) => Object.values(row))
      assert.ok([...cells, withdrawn, medianDays].every((cell) => cell === null))
    }
  })

  test('who did not withdraw is not told by subtraction either', () => {
    assert.equal(tallyDockets([...many(20, { withdrawn: true }), ...many(3, {})]).withdrawn, null)
    assert.equal(tallyDockets([...many(20, {}), ...many(3, { withdrawn: true })]).withdrawn, null)
  })

  test('of a docket only kind, state, record, withdrawal and days are counted', () => {
    const play = playTo('window-open').do('lead', { do: 'withdraw' }, at(4))
    assert.deepEqual(countedOf(play.docket), {
      kind: 'access',
      state: 'closing',
      recorded: null,
      withdrawn: true,
      windowDays: 3,
    })
    assert.equal(countedOf(playTo('recorded').docket).windowDays, 30)
    assert.equal(countedOf(playTo('window-open').docket).windowDays, null)
  })
})

describe('the vetting list', () => {
  test('lines without an answer are open, in the list’s order; unknown answers are named', () => {
    const judged = judgeVetting({ identity: 'Example Ltd', ownership: '  ', training: 7, hobby: 'chess', constructor: 'x' })
    assert.deepEqual(judged.answered, ['identity'])
    assert.deepEqual(
      judged.open.slice(0, 2).map(({ id }) => id),
      ['ownership', 'defends'],
    )
    assert.equal(judged.open.length, VETTING_LIST.lines.length - 1)
    assert.deepEqual(judged.unknown, ['hobby', 'constructor'])
    assert.deepEqual(judgeVetting(Object.fromEntries(VETTING_LIST.lines.map(({ id }) => [id, 'yes']))).open, [])
  })

  test('every line has an id of its own and a reason of the list; every reason but other terms belongs to a line', () => {
    const { lines } = VETTING_LIST
    assert.equal(new Set(lines.map(({ id }) => id)).size, lines.length)
    const reasons: readonly string[] = lines.map(({ reason }) => reason)
    assert.deepEqual(
      VETTING_REASONS.filter((reason) => !reasons.includes(reason)),
      ['other-terms'],
    )
  })
})
