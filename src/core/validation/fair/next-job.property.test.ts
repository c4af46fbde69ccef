import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { nextJob, type RunningJob, type WaitingJob } from './next-job.ts'

const organisation = fc.constantFrom('org_a', 'org_b', 'org_c')
const job = fc.record({ organisation, coordinators: fc.boolean(), askedAt: fc.integer({ min: 0, max: 50 }) })
const queue = fc.array(job, { maxLength: 20 }).map((jobs): WaitingJob[] => jobs.map((one, i) => ({ ...one, job: `job_${i}` })))
const running = fc.array(
  organisation.map((of, i = 0): RunningJob => ({ job: `run_${i}`, organisation: of })),
  { maxLength: 6 },
)
const used = fc.dictionary(organisation, fc.integer({ min: 0, max: 200 })).map((of) => new Map(Object.entries(of)))
const limits = fc.record({ atOnce: fc.integer({ min: 1, max: 4 }), secondsADay: fc.integer({ min: 1, max: 150 }) })

test('what is chosen keeps the limits, and every other job is told why it waits', () => {
  fc.assert(
    fc.property(queue, running, used, limits, (waiting, now, spent, most) => {
      const { job, why } = nextJob(waiting, now, spent, most)
      const chosen = waiting.find((one) => one.job === job)
      assert.equal(job === null, chosen === undefined)
      if (chosen) {
        assert.ok(now.filter((one) => one.organisation === chosen.organisation).length < most.atOnce)
        assert.ok((spent.get(chosen.organisation) ?? 0) < most.secondsADay)
      }
      assert.deepEqual(
        [...why.keys()].sort(),
        waiting
          .map((one) => one.job)
          .filter((one) => one !== job)
          .sort(),
      )
    }),
  )
})

test('the choice does not depend on the order in which jobs are listed', () => {
  fc.assert(
    fc.property(queue, running, used, limits, (waiting, now, spent, most) => {
      const shuffled = [...waiting].sort((a, b) => ((a.askedAt * 7) % 5) - ((b.askedAt * 7) % 5)).reverse()
      assert.equal(nextJob(shuffled, now, spent, most).job, nextJob(waiting, now, spent, most).job)
    }),
  )
})

test('of those that may start, nobody who used more goes before one who used less', () => {
  fc.assert(
    fc.property(queue, used, (waiting, spent) => {
      const { job } = nextJob(waiting, [], spent, { atOnce: 1, secondsADay: 1000 })
      const chosen = waiting.find((one) => one.job === job)
      if (!chosen) return
      const least = Math.min(...waiting.map((one) => spent.get(one.organisation) ?? 0))
      assert.equal(spent.get(chosen.organisation) ?? 0, least)
    }),
  )
})

test('nobody starves: while others keep asking, each job starts after a bounded number of turns', () => {
  fc.assert(
    fc.property(queue, fc.integer({ min: 1, max: 9 }), (first, cost) => {
      let waiting = [...first]
      const spent = new Map<string, number>()
      for (let turn = 0; waiting.some((one) => first.includes(one)); turn++) {
        assert.ok(turn <= first.length * 4 + 10, `still waiting after ${turn} turns`)
        const { job } = nextJob(waiting, [], spent, { atOnce: 1, secondsADay: Number.MAX_SAFE_INTEGER })
        const chosen = waiting.find((one) => one.job === job)!
        spent.set(chosen.organisation, (spent.get(chosen.organisation) ?? 0) + cost)
        waiting = waiting.filter((one) => one !== chosen)
        // A busy organisation asks anew each turn.
        waiting.push({ job: `new_${turn}`, organisation: 'org_c', coordinators: false, askedAt: 1000 + turn })
      }
    }),
    { numRuns: 60 },
  )
})

test('a coordinator goes first among equals only, and the reasons are said', () => {
  const one = (job: string, organisation: string, coordinators: boolean, askedAt: number): WaitingJob => ({
    ...{ job, organisation, coordinators, askedAt },
  })
  const waiting = [one('old', 'org_a', false, 1), one('theirs', 'org_b', true, 9), one('busy', 'org_c', true, 0)]
  const used = new Map([['org_c', 50]])
  assert.equal(nextJob(waiting, [], used, { atOnce: 2, secondsADay: 100 }).job, 'theirs')
  const spent = nextJob(waiting, [], new Map([['org_b', 100]]), { atOnce: 2, secondsADay: 100 })
  assert.equal(spent.job, 'busy')
  assert.match(spent.why.get('theirs')!, /100 of 100 seconds of sandbox time/)
  const full = nextJob(waiting, [{ job: 'x', organisation: 'org_b' }], used, { atOnce: 1, secondsADay: 100 })
  assert.equal(full.job, 'old')
  assert.match(full.why.get('theirs')!, /1 of 1 jobs of its organisation/)
})
