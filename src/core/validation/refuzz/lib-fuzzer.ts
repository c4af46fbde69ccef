import { type Asking, ask, type RunAsk } from '../ask.ts'
import type { PatchedBuild } from '../build/build.ts'
import type { Harness } from '../recipe.ts'
import type { Load } from '../run/load.ts'
import { TREE } from '../run/places.ts'
import { runLimits } from '../run/run-limits.ts'
import { runEnv } from '../run/sanitizer-env.ts'
import type { PatchGround } from '../validate-ground.ts'

const FOUND_MOST = 20
const INPUTS_A_SECOND = 2000
// What it prints depends on the machine's speed and would differ from run to run; only the inputs it leaves count. Artefacts are
// numbered by their order of names.
const SCRIPT = `mkdir -p /work/corpus /out/found; "$@" >/dev/null 2>&1 </dev/null
find /out/found -type f -name 'slow-unit-*' -delete; find /out/found -type f | LC_ALL=C sort | tail -n +${FOUND_MOST + 1} | xargs -r rm -f --; exit 0`

/**
 * Runs the libFuzzer harness on a build and answers the inputs at which it stopped. First with one process, a fixed seed and a
 * fixed number of inputs; where that ends at a bug that may be another one, once more in a mode that goes on past crashes.
 */
export function* fuzz(
  ground: PatchGround,
  built: PatchedBuild,
  harness: Harness,
  seeds: readonly Load[],
  seconds: number,
): Asking<Load[]> {
  const first = yield* run(ground, built, harness, seeds, seconds, [`-runs=${seconds * INPUTS_A_SECOND}`])
  if (first.length === 0) return first
  return [
    ...first,
    ...(yield* run(ground, built, harness, seeds, seconds, ['-fork=1', '-ignore_crashes=1', '-ignore_timeouts=1'])),
  ]
}

function* run(
  ground: PatchGround,
  built: PatchedBuild,
  harness: Harness,
  seeds: readonly Load[],
  seconds: number,
  mode: readonly string[],
): Asking<Load[]> {
  const { recipe, settings } = ground.proof
  const limits = runLimits(recipe)
  const [program = '', ...rest] = harness.run.filter((word) => word !== '@@')
  const options = [
    ...mode,
    `-max_total_time=${seconds}`,
    `-seed=${settings.seed}`,
    '-detect_leaks=0',
    '-timeout=10',
    `-rss_limit_mb=${Math.max(64, Math.floor((limits.memoryBytes * 0.6) / (1 << 20)))}`,
    '-verbosity=0',
    '-artifact_prefix=/out/found/',
  ]
  const asked: RunAsk = {
    ask: 'run',
    purpose: `fuzz ${harness.name} around the fix`,
    image: recipe.image,
    mounts: built.entry === null ? [] : [{ entry: built.entry, at: TREE }],
    files: seeds.flatMap((load, i) => (load.kind === 'file' ? [{ path: `/in/seeds/${i}`, bytes: load.bytes }] : [])),
    argv: ['sh', '-c', SCRIPT, 'sh', program, ...options, ...rest, '/work/corpus', '/in/seeds'],
    env: runEnv(recipe, false),
    cwd: TREE,
    stdin: null,
    limits: { ...limits, wallMs: (seconds + 20) * 1000, cpuSeconds: seconds + 20 },
    network: 'network' in harness && harness.network ? harness.network : 'none',
    get: ['/out/found'],
    keep: null,
  }
  const ran = yield* ask(asked)
  const found = [...ran.got].filter(([path]) => /\/(?:crash|oom|timeout)-[0-9a-f]{1,64}$/.test(path)).slice(0, FOUND_MOST)
  return found.map(([, bytes]) => ({ kind: 'file', bytes }))
}
