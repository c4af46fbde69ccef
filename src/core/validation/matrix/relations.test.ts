import assert from 'node:assert/strict'
import { test } from 'node:test'
import { proofEdges } from '../edges.ts'
import type { Cell } from '../matrix.ts'
import type { Patch } from '../proof.ts'
import { relationsOf } from './relations.ts'

const patch = (id: string, ...fixes: string[]): Patch => ({ id, fixes, input: { digest: 'sha256:0', name: id, bytes: 1 } })

/** Cells from rows like `pA: A. BX`: silent `.`, fires `X`, sometimes `~`, other `o`, no answer `?`. */
function cells(...rows: string[]): Cell[] {
  const outcomes = { '.': 'silent', X: 'fires', '~': 'sometimes', o: 'other', '?': 'no-answer' } as const
  return rows.flatMap((row) => {
    const [id, list] = row.split(': ') as [string, string]
    return list.split(' ').map(
      (one): Cell => ({
        ...{ patch: id, reproducer: one[0]!, outcome: outcomes[one[1] as '.'], fired: 0, of: 3, say: '' },
      }),
    )
  })
}

const relation = (rows: string[], validated: Patch[]) => relationsOf(cells(...rows), ['A', 'B'], validated)[0]!.relation

test('both ways is one flaw, one way an edge, neither apart', () => {
  const both = [patch('pA', 'A'), patch('pB', 'B')]
  assert.equal(relation(['pA: A. B.', 'pB: A. B.'], both), 'same')
  assert.equal(relation(['pA: A. B.', 'pB: AX B.'], both), 'a-covers-b')
  assert.equal(relation(['pA: A. BX', 'pB: A. B.'], both), 'b-covers-a')
  assert.equal(relation(['pA: A. BX', 'pB: AX B.'], both), 'apart')
})

test('what is not settled stays unknown', () => {
  const both = [patch('pA', 'A'), patch('pB', 'B')]
  for (const odd of ['~', 'o', '?']) assert.equal(relation([`pA: A. B${odd}`, 'pB: A. B.'], both), 'unknown')
  assert.equal(
    relation(['pA: A. B.', 'pB: A. B.'], [patch('pA', 'A')]),
    'unknown',
    'a patch that is not validated does not count',
  )
  assert.equal(relation(['pA: A. B.'], [patch('pA', 'A', 'B')]), 'unknown', 'a patch for both says nothing of either')
})

test('of several validated patches the narrowest decides', () => {
  const patches = [patch('wide', 'A'), patch('pA', 'A'), patch('pB', 'B')]
  assert.equal(relation(['wide: A. B.', 'pA: A. BX', 'pB: AX B.'], patches), 'apart')
})

test('a patch that stops many others one way only is called broad', () => {
  const names = ['A', 'B', 'C', 'D']
  const rows = names.map((name) => `p${name}: ${names.map((b) => b + (name === 'A' || name === b ? '.' : 'X')).join(' ')}`)
  const found = relationsOf(
    cells(...rows),
    names,
    names.map((name) => patch(`p${name}`, name)),
  )
  const covers = found.filter(({ relation }) => relation === 'a-covers-b')
  assert.equal(covers.length, 3)
  for (const { say } of covers) assert.match(say, /broad: it stops 3 reproducers/)
})

test('edges name findings, and contradictions make none', () => {
  const of = new Map([
    ['A', 'fnd_2'],
    ['B', 'fnd_1'],
    ['C', 'fnd_1'],
    ['D', 'fnd_2'],
  ])
  const one = (a: string, b: string, relation: 'same' | 'apart' | 'a-covers-b' | 'b-covers-a' | 'unknown') => ({
    a,
    b,
    relation,
    say: relation,
  })
  assert.deepEqual(proofEdges([one('A', 'B', 'same')], of), [{ a: 'fnd_1', b: 'fnd_2', kind: 'same', say: 'same' }])
  assert.deepEqual(proofEdges([one('A', 'B', 'b-covers-a')], of), [
    { a: 'fnd_1', b: 'fnd_2', kind: 'covers', say: 'b-covers-a' },
  ])
  assert.deepEqual(proofEdges([one('A', 'B', 'same'), one('C', 'D', 'apart')], of), [])
  assert.deepEqual(proofEdges([one('A', 'B', 'a-covers-b'), one('C', 'D', 'a-covers-b')], of), [])
  assert.deepEqual(proofEdges([one('A', 'D', 'same'), one('A', 'B', 'unknown'), one('A', 'X', 'same')], of), [])
})
