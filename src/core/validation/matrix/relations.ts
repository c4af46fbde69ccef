import type { Cell, Relation } from '../matrix.ts'
import type { Patch } from '../proof.ts'

/** Reproducers of others that a patch may stop one way only before it is called broad. */
const BROAD_LEAST = 3

type Stops = 'yes' | 'no' | 'unknown'

/**
 * What the cells say of each two reproducers: both ways silent means one flaw, one way an edge, neither apart. A patch counts only
 * when it is validated, and for one of the two only when it is not said to be for both.
 */
export function relationsOf(cells: readonly Cell[], reproducers: readonly string[], validated: readonly Patch[]): Relation[] {
  const outcomes = new Map(cells.map((cell) => [`${cell.patch}\n${cell.reproducer}`, cell.outcome]))
  const stops = (a: string, b: string): Stops => {
    const patches = validated.filter(({ fixes }) => fixes.includes(a) && !fixes.includes(b))
    const seen = patches.map(({ id }) => outcomes.get(`${id}\n${b}`))
    // Of several patches the narrowest decides: one that leaves B firing shows that A can be mended without B.
    if (seen.includes('fires')) return 'no'
    return seen.length > 0 && seen.every((outcome) => outcome === 'silent') ? 'yes' : 'unknown'
  }
  const one = (a: string) => reproducers.filter((b) => b !== a && stops(a, b) === 'yes' && stops(b, a) === 'no')
  const broad = new Map(reproducers.map((a) => [a, one(a).length]))
  return reproducers.flatMap((a, i) => reproducers.slice(i + 1).map((b) => relation(a, b, stops(a, b), stops(b, a), broad)))
}

function relation(a: string, b: string, ab: Stops, ba: Stops, broad: ReadonlyMap<string, number>): Relation {
  const said = (relation: Relation['relation'], say: string): Relation => ({ a, b, relation, say })
  if (ab === 'yes' && ba === 'yes') return said('same', `The patch of each stops the other: ${a} and ${b} are one flaw.`)
  if (ab === 'no' && ba === 'no') return said('apart', `Neither patch stops the other: ${a} and ${b} are two flaws.`)
  if (ab === 'yes' && ba === 'no') return said('a-covers-b', covers(a, b, broad.get(a) ?? 0))
  if (ab === 'no' && ba === 'yes') return said('b-covers-a', covers(b, a, broad.get(b) ?? 0))
  const half = (from: string, to: string, stops: Stops) =>
    stops === 'unknown'
      ? `no validated patch of ${from} settles it`
      : `the patch of ${from} ${stops === 'yes' ? 'stops' : 'leaves'} ${to}`
  const [first, second] = [half(a, b, ab), half(b, a, ba)]
  return said('unknown', `Not settled: ${first}; ${second}.`)
}

function covers(wide: string, narrow: string, count: number): string {
  const say = `The patch of ${wide} stops ${narrow} too, but not the reverse: an edge, not one flaw.`
  return count < BROAD_LEAST
    ? say
    : `${say} That patch is broad: it stops ${count} reproducers whose own patches leave ${wide} firing.`
}
