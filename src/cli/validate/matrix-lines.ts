import type { Cell, Matrix } from '../../core/validation/matrix.ts'
import { columns, wrap } from '../text/columns.ts'
import { inert } from '../text/inert.ts'

const MARKS: Readonly<Record<Cell['outcome'], string>> = {
  silent: '#',
  fires: '.',
  sometimes: '~',
  other: '!',
  'no-answer': '?',
}
const LEGEND = '# stops it   . it fires still   ~ it fires sometimes   ! another bug fires   ? no answer'
const RELATIONS = {
  same: 'same flaw',
  'a-covers-b': 'covers',
  'b-covers-a': 'is covered by',
  apart: 'apart',
  unknown: 'unknown',
}
const WIDTH = 78

/** The grid of patches (down) against reproducers (across), its legend, and what pairs of reproducers are to each other. */
export function matrixLines({ cells, relations }: Matrix): string[] {
  const across = [...new Set(cells.map((one) => one.reproducer))]
  const down = [...new Set(cells.map((one) => one.patch))]
  const at = new Map(cells.map((one) => [`${one.patch}\0${one.reproducer}`, MARKS[one.outcome]]))
  const rows = down.map((patch) => [inert(patch), ...across.map((reproducer) => at.get(`${patch}\0${reproducer}`) ?? ' ')])
  const grid = columns(
    [['patch', ...across.map((id) => inert(id))], ...rows],
    [{ most: 24 }, ...across.map(() => ({ most: 8 }))],
  )
  // Pairs that have nothing to do with each other are the many; they are in the grid and in the outcome's file.
  const told = relations.filter(({ relation }) => relation !== 'apart' && relation !== 'unknown')
  return [
    ...grid,
    ...wrap(LEGEND, WIDTH),
    ...told.flatMap(({ a, b, relation, say }) =>
      wrap(`${inert(a)} ${RELATIONS[relation]} ${inert(b)}: ${inert(say, 400)}`, WIDTH),
    ),
  ]
}
