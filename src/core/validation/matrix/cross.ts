import type { Asking } from '../ask.ts'
import type { PatchedBuild } from '../build/build.ts'
import type { PatchStanding } from '../ladder.ts'
import type { Cell, Matrix } from '../matrix.ts'
import { type Held, heldAgainst } from '../patch/held.ts'
import { batch } from '../run/batch.ts'
import type { PatchGround } from '../validate-ground.ts'
import { firesAlike, itemOf } from '../variants/survey.ts'
import type { Sighting } from '../verdict.ts'
import { relationsOf } from './relations.ts'

const RUNS = 3

/** Every patch against every reproducer; relations from validated patches only. Both maps are keyed by the patch's id. */
export function* crossMatrix(
  ground: PatchGround,
  patched: ReadonlyMap<string, PatchedBuild>,
  standings: ReadonlyMap<string, PatchStanding>,
): Asking<Matrix> {
  const held = heldAgainst(ground, [])
  const cells: Cell[] = []
  for (const patch of ground.proof.patches) {
    const built = patched.get(patch.id)
    const sightings = built?.entry ? yield* runAll(ground, built, patch.id, held) : new Map<string, readonly Sighting[]>()
    for (const { id } of ground.proof.reproducers) {
      const one = held.find(({ reproducer }) => reproducer.id === id)
      cells.push(cellOf(patch.id, id, one ?? null, built?.entry ? (sightings.get(id) ?? []) : null))
    }
  }
  const validated = ground.proof.patches.filter(({ id }) => standings.get(id) === 'validated')
  return {
    cells,
    relations: relationsOf(
      cells,
      held.map(({ reproducer }) => reproducer.id),
      validated,
    ),
  }
}

// All cells of one patch go in one batch a harness: a sandbox for each would cost more than the runs. One run that fires tells that
// the patch does not stop a reproducer which always fired before; to be silent is told by three.
function* runAll(
  ground: PatchGround,
  built: PatchedBuild,
  patch: string,
  held: readonly Held[],
): Asking<Map<string, readonly Sighting[]>> {
  const out = new Map<string, Sighting[]>()
  for (const harness of new Set(held.map(({ reproducer }) => reproducer.harness))) {
    const all = held.filter(({ reproducer }) => reproducer.harness === harness)
    const told = (one: Held) => one.verdict.fired === one.verdict.of && firesFirst(one, out.get(one.reproducer.id) ?? [])
    for (const [runs, asked] of [
      [1, () => all],
      [RUNS - 1, () => all.filter((one) => !told(one))],
    ] as const) {
      const now = asked()
      const items = now.flatMap(({ reproducer, load }) => Array.from({ length: runs }, () => ({ ...itemOf(reproducer), load })))
      const results = yield* batch(ground.proof, built, harness, items, `patch ${patch} against all reproducers`, ground.tools)
      for (const [i, { reproducer }] of now.entries()) {
        const seen = results.slice(i * runs, (i + 1) * runs).map(({ sighting }) => sighting)
        out.set(reproducer.id, [...(out.get(reproducer.id) ?? []), ...seen])
      }
    }
  }
  return out
}

function firesFirst(held: Held, sightings: readonly Sighting[]): boolean {
  return sightings.length > 0 && firesAlike(held.reproducer, held.seen, sightings[0]!)
}

function cellOf(patch: string, reproducer: string, held: Held | null, sightings: readonly Sighting[] | null): Cell {
  const of = sightings?.length ?? 0
  const cell = (outcome: Cell['outcome'], fired: number, say: string): Cell => ({ patch, reproducer, outcome, fired, of, say })
  if (sightings === null) return cell('no-answer', 0, `There is no build with ${patch}.`)
  if (held === null) return cell('no-answer', 0, `${reproducer} does not fire on the base.`)
  const same = sightings.filter((one) => firesAlike(held.reproducer, held.seen, one)).length
  const other = sightings.find((one) => one.fired && !firesAlike(held.reproducer, held.seen, one))
  if (same === of && of > 0) return cell('fires', same, `With ${patch}, ${reproducer} still fires ${same} of ${of} times.`)
  if (same > 0) return cell('sometimes', same, `With ${patch}, ${reproducer} fires ${same} of ${of} times.`)
  if (other) {
    const say = `With ${patch}, ${reproducer} meets another bug: ${other.type ?? other.signal ?? 'a crash'} in ${other.state[0] ?? 'a place not told'}.`
    return cell('other', sightings.filter(({ fired }) => fired).length, say)
  }
  const stopped = sightings.find((one) => one.stopped !== null)
  if (stopped || of === 0)
    return cell('no-answer', 0, `With ${patch}, runs of ${reproducer} were stopped (${stopped?.stopped ?? 'not begun'}).`)
  return cell('silent', 0, `With ${patch}, ${reproducer} is silent ${of} of ${of} times.`)
}
