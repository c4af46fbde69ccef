import { type Asking, ask } from '../ask.ts'
import type { Built } from '../build/build.ts'
import type { Harness } from '../recipe.ts'
import { inertLine, textOf } from '../run/inert.ts'
import type { Load } from '../run/load.ts'
import { TREE } from '../run/places.ts'
import { runLimits } from '../run/run-limits.ts'
import { runEnv } from '../run/sanitizer-env.ts'
import type { PatchGround } from '../validate-ground.ts'

/** What some inputs together reach of one function. */
export interface Reached {
  /** Inputs that reached it. */
  readonly hits: number
  readonly edges: number
  readonly of: number
}

export type Coverage = ReadonlyMap<string, Reached>

// The list is sorted, as the order of functions is the compiler's.
const SCRIPT = `mkdir -p /work/corpus; "$@" 2>&1 </dev/null | grep -a -E '^(UN)?COVERED_FUNC: ' | LC_ALL=C sort | head -n 20000 >/out/reached; exit 0`
const LINE = /^(?:UN)?COVERED_FUNC: hits: (\d{1,9}) edges: (\d{1,9})\/(\d{1,9}) (\S.{0,1000}) \S{1,1000}:\d{1,9}$/

/** Which functions some inputs reach in a libFuzzer harness, as it tells itself; null where it tells nothing. */
export function* coverageOf(
  ground: PatchGround,
  built: Built,
  harness: Harness,
  loads: readonly Load[],
): Asking<Coverage | null> {
  if (built.entry === null || loads.length === 0) return null
  const { recipe } = ground.proof
  const [program = '', ...rest] = harness.run.filter((word) => word !== '@@')
  const options = ['-runs=0', '-print_coverage=1', '-keep_seed=1', '-seed=1', '-detect_leaks=0', '-timeout=10']
  const ran = yield* ask({
    ask: 'run',
    purpose: `what samples reach in ${harness.name}`,
    image: recipe.image,
    mounts: [{ entry: built.entry, at: TREE }],
    files: loads.flatMap((load, i) => (load.kind === 'file' ? [{ path: `/in/seeds/${1000 + i}`, bytes: load.bytes }] : [])),
    argv: ['sh', '-c', SCRIPT, 'sh', program, ...options, ...rest, '/work/corpus', '/in/seeds'],
    env: runEnv(recipe, false),
    cwd: TREE,
    stdin: null,
    limits: runLimits(recipe),
    network: 'network' in harness && harness.network ? harness.network : 'none',
    get: ['/out/reached'],
    keep: null,
  })
  const told = [...ran.got.values()][0]
  const coverage = parseCoverage(told ? textOf(told, 8 << 20) : '')
  return coverage.size === 0 ? null : coverage
}

/** Reads what libFuzzer prints of covered functions. Hostile: other lines are passed over. */
export function parseCoverage(text: string): Coverage {
  const out = new Map<string, Reached>()
  for (const line of text.split('\n')) {
    const found = LINE.exec(line)
    if (!found) continue
    const covered = line.startsWith('COVERED')
    const name = inertLine(found[4]!, 200)
    out.set(name, { hits: covered ? Number(found[1]) : 0, edges: covered ? Number(found[2]) : 0, of: Number(found[3]) })
  }
  return out
}

/** A function that only this many inputs reached may stop being reached by chance of the cut. */
const HITS_LEAST = 3
/** Of a function that the patch did not touch, this share of what was reached may be lost. */
const EDGES_SHARE = 0.25
const EDGES_LEAST = 4

/** Functions still there that the same inputs no longer reach, or reach much less of, in words. */
export function lostReach(before: Coverage, after: Coverage, hitsLeast = HITS_LEAST): string[] {
  const lost: string[] = []
  for (const [name, was] of before) {
    const now = after.get(name)
    // A function that is gone may have been replaced.
    if (now === undefined || was.hits === 0) continue
    const gone = was.edges - now.edges
    if (now.hits === 0 && was.hits >= hitsLeast) lost.push(`${name} is no longer reached, ${was.hits} inputs did before`)
    else if (now.hits > 0 && now.of === was.of && gone >= EDGES_LEAST && gone > was.edges * EDGES_SHARE) {
      lost.push(`${name} is reached in ${now.edges} places, before in ${was.edges}`)
    }
  }
  return lost
}
