import type { Asking } from '../ask.ts'
import type { PatchedBuild } from '../build/build.ts'
import { benignLoads } from '../differential/benign-loads.ts'
import type { RungResult } from '../ladder.ts'
import type { Held } from '../patch/held.ts'
import { otherBug } from '../patch/held.ts'
import { rungResult } from '../patch/standing.ts'
import { batch } from '../run/batch.ts'
import { harnessOf } from '../run/harness-argv.ts'
import type { Load } from '../run/load.ts'
import type { PatchGround } from '../validate-ground.ts'
import { mutantsOf } from '../variants/mutants.ts'
import type { Pool } from '../variants/pool.ts'
import { firesAlike, itemOf, poolFor, survey } from '../variants/survey.ts'
import { fuzz } from './lib-fuzzer.ts'

/** Mutants tried for each second that was asked for: a command starts in a few milliseconds, a server takes longer. */
const MUTANTS_A_SECOND = { command: 40, script: 10, server: 3 } as const
const SEEDS_MOST = 100

/** Searches around the fix for inputs that still meet the bug, within the seconds that were asked for. */
export function* refuzz(ground: PatchGround, built: PatchedBuild, held: readonly Held[]): Asking<RungResult> {
  const seconds = ground.proof.settings.refuzzSeconds
  if (seconds <= 0) return rungResult('refuzz', 'not-run', 'Not asked for.')
  if (held.length === 0) return rungResult('refuzz', 'not-possible', 'No reproducer fired, so there is nothing to start from.')
  const benign = yield* benignLoads(ground)
  const notes: string[] = []
  let searched = ''
  for (const one of held) {
    const { reproducer, load, seen } = one
    const harness = harnessOf(ground.proof.recipe, reproducer.harness)
    if (harness === null) continue
    const found = yield* survey(ground, reproducer, load, seen)
    const near = benign.filter((sample) => sample.harness === reproducer.harness).map((sample) => sample.load)
    const pool = yield* poolFor(ground, reproducer.harness)
    const seeds = [load, ...found.variants.map((probe) => probe.load), ...near, ...found.quiet.map((probe) => probe.load)]
    const share = Math.max(1, Math.floor(seconds / held.length))
    const tries =
      harness.kind === 'libfuzzer'
        ? yield* fuzz(ground, built, harness, seeds.slice(0, SEEDS_MOST), share)
        : mutated(
            ground,
            one,
            pool,
            seeds.slice(0, SEEDS_MOST),
            share * MUTANTS_A_SECOND[harness.kind],
            harness.kind === 'script',
          )
    searched = harness.kind === 'libfuzzer' ? `${seconds} seconds of libFuzzer at most` : `${tries.length} further mutants`
    const items = tries.map((candidate) => ({ ...itemOf(reproducer), load: candidate }))
    const say = `inputs found around the fix of ${reproducer.id}`
    const results = items.length > 0 ? yield* batch(ground.proof, built, reproducer.harness, items, say, ground.tools) : []
    const fired = results.map(({ sighting }) => sighting).filter((sighting) => sighting.fired)
    if (fired.some((sighting) => firesAlike(reproducer, seen, sighting))) {
      return rungResult('refuzz', 'failed', `The bug of ${reproducer.id} was met again by another input (${searched}).`, notes)
    }
    for (const sighting of fired) {
      const other = otherBug(ground, reproducer, seen, sighting, found.others)
      if (other.moved) return rungResult('refuzz', 'failed', `${other.say} (${searched}).`, notes)
      notes.push(`${other.say}.`)
    }
  }
  return rungResult('refuzz', 'passed', `The bug was not met again: ${searched}.`, [...new Set(notes)])
}

function mutated(
  ground: PatchGround,
  { reproducer }: Held,
  pool: Pool,
  seeds: readonly Load[],
  count: number,
  script: boolean,
): Load[] {
  const each = Math.ceil(count / seeds.length)
  const { seed } = ground.proof.settings
  const reaches = script ? (['script'] as const) : (['wild', 'grafted'] as const)
  return seeds
    .flatMap((from, i) =>
      mutantsOf(from, each, reaches, seed, pool, 'refuzz', reproducer.id, String(i)).map(({ load }) => load),
    )
    .slice(0, count)
}
