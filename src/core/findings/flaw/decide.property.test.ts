import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Id } from '../../kernel/id.ts'
import { instant } from '../../kernel/instant.ts'
import { areApart } from './apart.ts'
import { decide } from './decide.ts'
import { evolve, replay } from './evolve.ts'
import type { Flaw, FlawId } from './flaw.ts'
import type { FlawCommand } from './flaw-command.ts'
import type { FlawEvent } from './flaw-event.ts'

const by = { kind: 'person', id: 'per_a' as Id<'person'> } as const
const flaw = (n: number): FlawId => `flw_${n}` as FlawId
const finding = (n: number) => `fnd_${String(n).padStart(3, '0')}` as Id<'finding'>

interface Run {
  flaws: Map<FlawId, Flaw>
  log: FlawEvent[]
  fresh: number
}

function start(count: number): Run {
  const run: Run = { flaws: new Map(), log: [], fresh: 100 }
  for (let i = 0; i < count; i++) {
    const first = { finding: finding(i), finder: `org_${i % 3}` as Id<'organisation'>, receivedAt: instant(50 - i) }
    give(run, { type: 'open-flaw', flaw: flaw(i), title: `t${i}`, first, at: instant(50), by })
  }
  return run
}

function give(run: Run, command: FlawCommand): readonly FlawEvent[] {
  const decision = decide(command, run.flaws)
  if (!decision.ok) return []
  for (const event of decision.events) run.flaws.set(event.flaw, evolve(run.flaws.get(event.flaw) ?? null, event))
  run.log.push(...decision.events)
  return decision.events
}

type Step = readonly [what: number, a: number, b: number, pick: number]

function commandOf(run: Run, [what, a, b, pick]: Step, at: number): FlawCommand {
  const ids = [...run.flaws.keys()]
  const one = ids[a % ids.length]!
  const two = ids[b % ids.length]!
  const here = run.flaws.get(one)!
  const why = { at: instant(100 + at), by, why: 'w' }
  if (what === 0 || what === 1) return { type: 'merge-flaws', into: one, from: two, ...why }
  if (what === 2)
    return { type: 'undo-merge', into: one, from: here.merges.at(pick % Math.max(1, here.merges.length))?.from ?? two, ...why }
  if (what === 3) {
    const findings = here.members.filter((_, i) => ((pick >> i) & 1) === 1).map((member) => member.finding)
    return { type: 'split-flaw', flaw: one, fresh: flaw(run.fresh++), title: 's', findings, ...why }
  }
  if (what === 4) return { type: 'undo-split', flaw: one, to: here.splits.at(-1)?.to ?? two, ...why }
  if (what === 5) return { type: 'keep-apart', flaw: one, other: two, ...why }
  if (what === 6) return { type: 'undo-apart', flaw: one, other: here.apart.at(-1)?.other ?? two, ...why }
  const suggestion = {
    id: `sgn_${at}` as Id<'suggestion'>,
    other: two,
    finding: finding(0),
    otherFinding: finding(1),
    score: 0.5,
    reasons: [],
    algorithm: 'pair-score/1',
    raisedAt: instant(100 + at),
  }
  return { type: 'raise-suggestion', flaw: one, suggestion, at: instant(100 + at), by }
}

const steps = fc.array(fc.tuple(fc.nat(7), fc.nat(30), fc.nat(30), fc.nat(255)), { maxLength: 60, size: 'max' })

function walk(
  run: Run,
  path: readonly Step[],
  after?: (events: readonly FlawEvent[], before: ReadonlyMap<FlawId, Flaw>) => void,
): void {
  path.forEach((step, at) => {
    const before = new Map(run.flaws)
    const events = give(run, commandOf(run, step, at))
    after?.(events, before)
  })
}

test('any history of merges, splits and undos conserves findings, finders and dates', () => {
  fc.assert(
    fc.property(steps, (path) => {
      const run = start(7)
      const facts = (): string[] =>
        [...run.flaws.values()].flatMap(({ members }) => members.map((m) => `${m.finding} ${m.finder} ${m.receivedAt}`)).sort()
      const all = facts()
      walk(run, path, () => assert.deepEqual(facts(), all))
      for (const one of run.flaws.values()) assert.equal(one.members.length > 0, one.stage === 'open')
    }),
    { numRuns: 300 },
  )
})

test('undoing what was just done restores every flaw it touched', () => {
  let undone = 0
  fc.assert(
    fc.property(steps, (path) => {
      const run = start(7)
      walk(run, path, (events, before) => {
        const [first] = events
        if (first === undefined) return
        const undo = undoOf(first)
        if (undo === null) return
        const trial: Run = { flaws: new Map(run.flaws), log: [], fresh: run.fresh }
        assert.notEqual(give(trial, undo).length, 0)
        undone++
        for (const [id, was] of before) assert.deepEqual({ ...trial.flaws.get(id)!, version: 0 }, { ...was, version: 0 })
      })
    }),
    { numRuns: 200 },
  )
  assert.ok(undone > 500, `only ${undone} undos were tried`)
})

function undoOf(event: FlawEvent): FlawCommand | null {
  const why = { at: instant(999), by, why: 'u' }
  if (event.type === 'flaws-merged' && event.side === 'into')
    return { type: 'undo-merge', into: event.flaw, from: event.merge.from, ...why }
  if (event.type === 'flaw-split' && event.side === 'from')
    return { type: 'undo-split', flaw: event.flaw, to: event.split.to, ...why }
  if (event.type === 'kept-apart') return { type: 'undo-apart', flaw: event.flaw, other: event.kept.other, ...why }
  return null
}

test('replaying the events of each flaw, through JSON, rebuilds it bit for bit', () => {
  fc.assert(
    fc.property(steps, (path) => {
      const run = start(7)
      walk(run, path)
      const stored = JSON.parse(JSON.stringify(run.log)) as FlawEvent[]
      for (const [id, one] of run.flaws) {
        const own = stored.filter((event) => event.flaw === id)
        assert.equal(JSON.stringify(replay(own)), JSON.stringify(one))
        assert.equal(one.version, own.length)
      }
    }),
    { numRuns: 150 },
  )
})

test('no history puts together what a person keeps apart', () => {
  fc.assert(
    fc.property(steps, (path) => {
      const run = start(6)
      walk(run, path, (events, before) => {
        const [first] = events
        if (first?.type !== 'flaws-merged' || first.side !== 'into') return
        assert.equal(areApart(before.get(first.flaw)!, before.get(first.merge.from)!), false)
      })
    }),
    { numRuns: 100 },
  )
})
