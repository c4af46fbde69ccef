import type { Asking } from '../ask.ts'
import type { Built, PatchedBuild } from '../build/build.ts'
import type { RungResult } from '../ladder.ts'
import type { Held } from '../patch/held.ts'
import { rungResult } from '../patch/standing.ts'
import { type BatchItem, batch } from '../run/batch.ts'
import { harnessOf } from '../run/harness-argv.ts'
import type { PatchGround } from '../validate-ground.ts'
import { mutantsOf } from '../variants/mutants.ts'
import { NO_POOL, type Pool } from '../variants/pool.ts'
import { firesAlike, poolFor, survey } from '../variants/survey.ts'
import type { Answer, AnswerPair } from './answer-pair.ts'
import { type Benign, benignLoads } from './benign-loads.ts'
import { reachDiffers } from './reach-differs.ts'
import { watched } from './watched.ts'
import { isTelling, weigh } from './weigh.ts'

const NEAR_MISSES_MOST = 120
const BENIGN_MOST = 60

interface Asked {
  readonly origin: AnswerPair['origin']
  readonly name: string
  readonly harness: string
  readonly item: BatchItem
}

interface OnBase extends Asked {
  readonly base: Answer
  readonly again: Answer
}

// The base's answers are the same for all patches of one ground: to samples for all reproducers of the same harnesses and files,
// to near misses for those that fix the same reproducers.
const ON_BASE = new WeakMap<PatchGround, Map<string, readonly OnBase[]>>()

/** The rung that a neutered feature does not climb: inputs that do not fire must be answered as before. */
export function* runDifferential(ground: PatchGround, built: PatchedBuild, held: readonly Held[]): Asking<RungResult> {
  const known = yield* onBase(ground, held)
  if (known.length === 0)
    return rungResult('differential', 'not-possible', 'There are no samples and no near misses to compare.')
  const patched = yield* answers(ground, built, known, 'same inputs on the patched build')
  const pairs = known.map((one, i): AnswerPair => ({ ...one, patched: patched[i]! }))
  const still = pairs.filter(({ base, patched }) => base.sighting.fired && held.some((one) => isStill(one, patched)))
  if (still.length > 0) {
    const say = `${still.length} further inputs that fire the same bug on the base still fire.`
    return rungResult(
      'differential',
      'failed',
      say,
      still.slice(0, 6).map(({ name }) => name),
    )
  }
  const weighed = weigh(pairs)
  const aside = weighed.unstable > 0 ? `; ${weighed.unstable} were left out, the base itself fires or wavers on them` : ''
  if (weighed.failed) return rungResult('differential', 'failed', `${weighed.say}${aside}.`, weighed.notes)
  const reach = yield* reachDiffers(ground, built, held)
  if (reach?.outcome === 'failed') return reach
  if (!isTelling(pairs)) {
    if (reach) return reach
    const say = `The base gives ${weighed.compared} inputs one and the same answer, so there is nothing to compare${aside}.`
    return rungResult('differential', 'not-possible', say, weighed.notes)
  }
  return rungResult('differential', 'passed', `${weighed.say}${aside}.`, weighed.notes)
}

// Mutants of samples may find another way to the same bug. Only a crash can be told to be the same here.
function isStill({ reproducer, seen }: Held, patched: Answer): boolean {
  return reproducer.oracle.kind === 'crash' && firesAlike(reproducer, seen, patched.sighting)
}

function* onBase(ground: PatchGround, held: readonly Held[]): Asking<readonly OnBase[]> {
  const files = (held[0]?.reproducer.files ?? []).map(({ name, digest }) => `${digest} ${name}`)
  const shared = ['samples', ...answering(ground, held), ...files].join('\n')
  const own = ['near misses', ...held.map(({ reproducer }) => reproducer.id)].join('\n')
  const samples = yield* answeredOnce(ground, shared, () => benignInputs(ground, held))
  return [...samples, ...(yield* answeredOnce(ground, own, () => nearMisses(ground, held)))]
}

function* answeredOnce(ground: PatchGround, key: string, inputs: () => Asking<Asked[]>): Asking<readonly OnBase[]> {
  const done = ON_BASE.get(ground) ?? new Map<string, readonly OnBase[]>()
  ON_BASE.set(ground, done)
  const before = done.get(key)
  if (before) return before
  const asked = yield* inputs()
  const first = yield* answers(ground, ground.base, asked, 'samples on the base')
  const again = yield* answers(ground, ground.base, asked, 'samples on the base, again')
  const found = asked.map((one, i): OnBase => ({ ...one, base: first[i]!, again: again[i]! }))
  done.set(key, found)
  return found
}

// A fuzzing harness answers nothing; where the recipe has commands that read the same files, those tell what the target says.
function answering(ground: PatchGround, held: readonly Held[]): ReadonlySet<string> {
  const { harnesses } = ground.proof.recipe
  const own = new Set(held.map(({ reproducer }) => reproducer.harness))
  const silent = harnesses.some(({ name, kind }) => own.has(name) && kind === 'libfuzzer')
  return new Set(harnesses.filter(({ name, kind }) => own.has(name) || (silent && kind === 'command')).map(({ name }) => name))
}

function* benignInputs(ground: PatchGround, held: readonly Held[]): Asking<Asked[]> {
  const { proof } = ground
  const harnesses = answering(ground, held)
  const samples: readonly Benign[] = (yield* benignLoads(ground)).filter(({ harness }) => harnesses.has(harness))
  const plain = { oracle: { kind: 'crash' } as const, files: held[0]?.reproducer.files ?? [] }
  const out: Asked[] = samples
    .slice(0, BENIGN_MOST)
    .map(({ name, harness, load }) => ({ origin: 'benign', name, harness, item: { ...plain, load } }))
  const script = proof.recipe.harnesses.filter(({ kind }) => kind === 'script').map(({ name }) => name)
  const pools = new Map<string, Pool>()
  for (const harness of harnesses) pools.set(harness, yield* poolFor(ground, harness))
  const each = Math.ceil(Math.min(NEAR_MISSES_MOST, proof.settings.variants) / Math.max(1, samples.length))
  for (const { name, harness, load } of samples.slice(0, BENIGN_MOST)) {
    const reach = script.includes(harness) ? ('script' as const) : ('slight' as const)
    for (const [i, mutant] of mutantsOf(
      load,
      each,
      [reach],
      proof.settings.seed,
      pools.get(harness) ?? NO_POOL,
      'benign',
      name,
    ).entries()) {
      out.push({ origin: 'mutant', name: `${name}, mutant ${i + 1}`, harness, item: { ...plain, load: mutant.load } })
    }
  }
  return out
}

function* nearMisses(ground: PatchGround, held: readonly Held[]): Asking<Asked[]> {
  const out: Asked[] = []
  const each = Math.ceil(NEAR_MISSES_MOST / Math.max(1, held.length))
  const own = new Set(held.map(({ reproducer }) => reproducer.harness))
  for (const { reproducer, load, seen } of held) {
    const others = [...answering(ground, held)].filter((name) => !own.has(name))
    const { quiet } = yield* survey(ground, reproducer, load, seen)
    // The more ordinary ones first: they use the feature as people do.
    const ordered = [...quiet.filter(({ reach }) => reach !== 'wild'), ...quiet.filter(({ reach }) => reach === 'wild')]
    for (const [i, probe] of ordered.slice(0, each).entries()) {
      const item = { load: probe.load, oracle: reproducer.oracle, files: reproducer.files }
      const name = `${reproducer.id}, near miss ${i + 1}`
      out.push({ origin: 'near-miss', name, harness: reproducer.harness, item })
      for (const harness of others) out.push({ origin: 'near-miss', name, harness, item })
    }
  }
  return out
}

function* answers(ground: PatchGround, built: Built, asked: readonly Asked[], purpose: string): Asking<Answer[]> {
  const out: Answer[] = new Array(asked.length)
  for (const harness of new Set(asked.map((one) => one.harness))) {
    const places = asked.flatMap((one, i) => (one.harness === harness ? [i] : []))
    const items = places.map((i) => asked[i]!.item)
    const results = yield* batch(watched(ground.proof), built, harness, items, purpose, ground.tools)
    const ofServer = harnessOf(ground.proof.recipe, harness)?.kind === 'server'
    for (const [n, i] of places.entries()) out[i] = { ...results[n]!, ofServer }
  }
  return out
}
