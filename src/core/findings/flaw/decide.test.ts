import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Id } from '../../kernel/id.ts'
import { instant } from '../../kernel/instant.ts'
import { decide } from './decide.ts'
import { evolve } from './evolve.ts'
import { earliest, type Flaw, type FlawId, finders } from './flaw.ts'
import type { FlawCommand } from './flaw-command.ts'
import { type FlawJudgement, type Judge, shown, standing } from './flaw-judgement.ts'

const person = { kind: 'person', id: 'per_a' as Id<'person'> } as const
const flaw = (name: string): FlawId => `flw_${name}` as FlawId
const finding = (name: string) => `fnd_${name}` as Id<'finding'>
const arrival = (name: string, at: number) => ({
  finding: finding(name),
  finder: `org_${name}` as Id<'organisation'>,
  receivedAt: instant(at),
})
const because = { kind: 'crash', version: 1, finding: finding('a'), say: 'Same' } as const
const decided = { at: instant(9), by: person, why: 'seen' }

class World {
  flaws = new Map<FlawId, Flaw>()
  do(command: FlawCommand): string {
    const decision = decide(command, this.flaws)
    if (!decision.ok) return decision.code
    for (const event of decision.events) this.flaws.set(event.flaw, evolve(this.flaws.get(event.flaw) ?? null, event))
    return 'ok'
  }
  get(name: string): Flaw {
    return this.flaws.get(flaw(name))!
  }
  open(name: string, at: number): string {
    return this.do({
      type: 'open-flaw',
      flaw: flaw(name),
      title: `flaw ${name}`,
      first: arrival(name, at),
      at: instant(at),
      by: person,
    })
  }
  join(into: string, name: string, at: number): string {
    return this.do({ type: 'join-finding', flaw: flaw(into), arrival: arrival(name, at), because, at: instant(at), by: person })
  }
  merge(into: string, from: string): string {
    return this.do({ type: 'merge-flaws', into: flaw(into), from: flaw(from), ...decided })
  }
  undoMerge(into: string, from: string): string {
    return this.do({ type: 'undo-merge', into: flaw(into), from: flaw(from), ...decided })
  }
  split(name: string, fresh: string, ...findings: string[]): string {
    return this.do({
      type: 'split-flaw',
      flaw: flaw(name),
      fresh: flaw(fresh),
      title: '',
      findings: findings.map(finding),
      ...decided,
    })
  }
  judge(name: string, judge: Judge, on: FlawJudgement['on'], value: string, at: number): string {
    const judgement: FlawJudgement = {
      id: `jdg_${judge}${at}` as Id<'judgement'>,
      judge,
      on,
      value,
      why: '',
      by: person.id,
      organisation: null,
      at: instant(at),
    }
    return this.do({ type: 'judge-flaw', flaw: flaw(name), judgement, at: instant(at), by: person })
  }
  suggest(name: string, other: string): string {
    const suggestion = {
      id: `sgn_${name}${other}` as Id<'suggestion'>,
      other: flaw(other),
      finding: finding(name),
      otherFinding: finding(other),
      score: 0.5,
      reasons: [],
      algorithm: 'pair-score/1',
      raisedAt: instant(4),
    }
    return this.do({
      type: 'raise-suggestion',
      flaw: flaw(name),
      suggestion,
      at: instant(4),
      by: { kind: 'algorithm', name: 'cluster/1' },
    })
  }
}

function worldOf(...names: string[]): World {
  const world = new World()
  names.forEach((name, i) => {
    world.open(name, i + 1)
  })
  return world
}

test('a merge keeps every finder and the earliest date, and says where the other flaw went', () => {
  const world = worldOf('a', 'b')
  world.join('a', 'c', 5)
  assert.equal(world.merge('b', 'a'), 'ok')
  assert.equal(earliest(world.get('b')), 1)
  assert.deepEqual(finders(world.get('b')), ['org_a', 'org_b', 'org_c'])
  assert.equal(world.get('a').into, flaw('b'))
  assert.equal(world.join('a', 'd', 6), 'flaw.not-open')
})

test('a repeated merge, one with itself and one of unknown flaws are refused', () => {
  const world = worldOf('a', 'b')
  assert.equal(world.merge('a', 'a'), 'merge.same-flaw')
  assert.equal(world.merge('a', 'z'), 'flaw.unknown')
  world.merge('a', 'b')
  assert.equal(world.merge('a', 'b'), 'merge.repeated')
  assert.equal(world.undoMerge('a', 'b'), 'ok')
  assert.equal(world.undoMerge('a', 'b'), 'merge.not-standing')
})

test('what joined after a merge stays when the merge is undone', () => {
  const world = worldOf('a', 'b')
  world.merge('a', 'b')
  world.join('a', 'c', 5)
  world.undoMerge('a', 'b')
  assert.deepEqual(
    world.get('a').members.map(({ finding: id }) => id),
    ['fnd_a', 'fnd_c'],
  )
  assert.deepEqual(
    world.get('b').members.map(({ finding: id }) => id),
    ['fnd_b'],
  )
})

test('a merge whose findings moved on is not undone by halves', () => {
  const world = worldOf('a', 'b')
  world.join('b', 'c', 5)
  world.merge('a', 'b')
  world.split('a', 's', 'c')
  assert.equal(world.undoMerge('a', 'b'), 'merge.overtaken')
  assert.equal(world.do({ type: 'undo-split', flaw: flaw('a'), to: flaw('s'), ...decided }), 'ok')
  assert.equal(world.undoMerge('a', 'b'), 'ok')
})

test('a split leaves something on both sides and keeps the two apart', () => {
  const world = worldOf('a')
  assert.equal(world.split('a', 's'), 'split.nothing')
  assert.equal(world.split('a', 's', 'a'), 'split.everything')
  assert.equal(world.split('a', 's', 'q'), 'finding.not-here')
  world.join('a', 'b', 2)
  assert.equal(world.split('a', 's', 'b'), 'ok')
  assert.equal(world.merge('a', 's'), 'merge.kept-apart')
})

test('what a person kept apart stays apart through merges of either side', () => {
  const world = worldOf('a', 'b', 'c', 'd')
  assert.equal(world.do({ type: 'keep-apart', flaw: flaw('a'), other: flaw('b'), ...decided }), 'ok')
  world.merge('c', 'a')
  world.merge('d', 'b')
  assert.equal(world.merge('c', 'd'), 'merge.kept-apart')
  assert.equal(world.suggest('c', 'd'), 'suggestion.decided')
})

test('keeping apart answers the question, taking it back puts the question back', () => {
  const world = worldOf('a', 'b')
  world.suggest('a', 'b')
  assert.equal(world.suggest('b', 'a'), 'suggestion.repeated')
  const before = world.get('a')
  world.do({ type: 'keep-apart', flaw: flaw('b'), other: flaw('a'), ...decided })
  assert.equal(world.get('a').suggestions.length, 0)
  world.do({ type: 'undo-apart', flaw: flaw('b'), other: flaw('a'), ...decided })
  assert.deepEqual({ ...world.get('a'), version: before.version }, before)
})

test("the vendor's verdict stands beside the others' and is not overwritten by them", () => {
  const world = worldOf('a')
  world.judge('a', 'vendor', 'verdict', 'not-a-flaw', 2)
  world.judge('a', 'clearinghouse', 'verdict', 'flaw', 3)
  world.judge('a', 'finder', 'verdict', 'flaw', 4)
  const stand = standing(world.get('a').judgements, 'verdict')
  assert.deepEqual([stand.vendor?.value, stand.clearinghouse?.value, stand.finder?.value], ['not-a-flaw', 'flaw', 'flaw'])
  assert.equal(world.judge('a', 'vendor', 'verdict', 'approved', 5), 'judgement.not-a-verdict')
  assert.equal(world.judge('a', 'vendor', 'verdict', 'flaw', 2), 'judgement.repeated')
})

test("a merge shows the other flaw's judgements and is refused where the vendor's verdicts differ", () => {
  const world = worldOf('a', 'b', 'c')
  world.judge('a', 'vendor', 'verdict', 'flaw', 2)
  world.judge('b', 'vendor', 'verdict', 'not-a-flaw', 3)
  assert.equal(world.merge('a', 'b'), 'merge.verdicts-differ')
  assert.equal(world.merge('c', 'a'), 'ok')
  assert.equal(standing(shown(world.get('c')), 'verdict').vendor?.value, 'flaw')
})

test('an event of another flaw is an accident, not a change', () => {
  const world = worldOf('a')
  assert.throws(() => evolve(world.get('a'), { type: 'title-set', flaw: flaw('b'), at: instant(1), title: 'x', by: person }))
})
