import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { withDatabase } from '../../devkit/pg.ts'
import type { Store } from '../store/connection.ts'
import { sleepUntilDue } from './due-sleeper.ts'
import { Ear } from './ear.ts'

const CHANNEL = 'test_due'

/** Work with one due instant, by a clock that the test turns. */
function oneDue(given: { due: number | null }) {
  const time = { now: 0 }
  const seen = { asked: 0, worked: [] as number[], errors: 0, stuck: false }
  const work = {
    channel: CHANNEL,
    clock: () => time.now,
    async next() {
      seen.asked++
      return given.due
    },
    async work() {
      seen.worked.push(time.now)
      if (!seen.stuck) given.due = null
      return 1
    },
  }
  return { time, seen, work }
}

async function until(what: () => boolean, ms: number): Promise<number> {
  const from = performance.now()
  while (!what()) {
    assert.ok(performance.now() - from < ms, 'it did not happen in time')
    await wait(10)
  }
  return performance.now() - from
}

/** Stopped when the test ends, however it ends: its connection would keep the pool from closing. */
function stopping(sleeper: { stop(): Promise<void> }): AsyncDisposable {
  return { [Symbol.asyncDispose]: () => sleeper.stop() }
}

function earOf(store: Store): Ear & AsyncDisposable {
  const ear = new Ear(store)
  return Object.assign(ear, { [Symbol.asyncDispose]: () => ear.close() })
}

test('it sleeps without a question until the clock gets there, however it gets there, and is at work within a second', async (t) => {
  await withDatabase(t, async ({ store }) => {
    const { time, seen, work } = oneDue({ due: 1_000_000 })
    await using ear = earOf(store)
    await using sleeper = stopping(sleepUntilDue(ear, work, () => seen.errors++))
    await until(() => seen.asked > 0, 10_000)
    const { asked } = seen
    await wait(1200)
    assert.deepEqual([seen.asked, seen.worked], [asked, []], 'asleep')
    time.now = 1_000_001
    assert.ok((await until(() => seen.worked.length > 0, 1000)) < 1000)
    assert.equal(seen.errors, 0)
    assert.ok(sleeper)
  })
})

test('it is woken when an earlier instant is stored, also after its connection was cut', async (t) => {
  await withDatabase(t, async ({ store, owner }) => {
    const given = { due: null as number | null }
    const { seen, work } = oneDue(given)
    await using ear = earOf(store)
    await using sleeper = stopping(sleepUntilDue(ear, work, () => seen.errors++))
    await until(() => seen.asked > 0, 10_000)
    given.due = -1
    await owner.query(`select pg_notify('${CHANNEL}', '')`)
    await until(() => seen.worked.length === 1, 10_000)
    await owner.query(`select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen%'`)
    given.due = -1
    await owner.query(`select pg_notify('${CHANNEL}', '')`)
    await until(() => seen.worked.length === 2, 10_000)
    await wait(1000)
    given.due = -1
    await owner.query(`select pg_notify('${CHANNEL}', '')`)
    await until(() => seen.worked.length === 3, 10_000)
    assert.ok(sleeper)
  })
})

test('what cannot be worked on yet is tried once a second, not in a loop; an error is told and it goes on', async (t) => {
  await withDatabase(t, async ({ store }) => {
    const given = { due: -1 as number | null }
    const { seen, work } = oneDue(given)
    seen.stuck = true
    await using ear = earOf(store)
    await using sleeper = stopping(sleepUntilDue(ear, work, () => seen.errors++))
    await wait(2600)
    assert.ok(seen.worked.length >= 2 && seen.worked.length <= 4, `${seen.worked.length} times in 2.6 s`)
    seen.stuck = false
    const failing = { ...work, next: () => Promise.reject(new Error('no database')) }
    await using other = stopping(sleepUntilDue(ear, failing, () => seen.errors++))
    await until(() => seen.errors >= 2, 10_000)
    assert.ok(sleeper && other)
  })
})

test('several hear on one connection, each its own channel; it is made anew for all of them', async (t) => {
  await withDatabase(t, async ({ store, owner }) => {
    const [one, other] = [{ due: null as number | null }, { due: null as number | null }]
    const [first, second] = [oneDue(one), oneDue(other)]
    const listening = async () => {
      const { rows } = await owner.query(
        `select from pg_stat_activity where query like 'listen%' and datname = current_database()`,
      )
      return rows.length
    }
    await using ear = earOf(store)
    await using a = stopping(sleepUntilDue(ear, first.work, () => first.seen.errors++))
    await using b = stopping(sleepUntilDue(ear, { ...second.work, channel: 'other_due' }, () => second.seen.errors++))
    await until(() => first.seen.asked > 0 && second.seen.asked > 0, 10_000)
    assert.equal(await listening(), 1)
    const { asked } = second.seen
    one.due = -1
    await owner.query(`select pg_notify('${CHANNEL}', '')`)
    await until(() => first.seen.worked.length === 1, 10_000)
    await owner.query(`select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen%'`)
    assert.equal(second.seen.asked, asked)
    await until(() => second.seen.asked > asked, 10_000)
    await wait(1000)
    other.due = -1
    await owner.query(`select pg_notify('other_due', '')`)
    await until(() => second.seen.worked.length === 1, 10_000)
    assert.equal(await listening(), 1)
    assert.ok(a && b)
  })
})
