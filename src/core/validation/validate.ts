import { TIERS, type TierFacts } from '../sandbox/tier.ts'
import { type Ask, type Asking, ask, type Ran, type Tools } from './ask.ts'
import { type Built, buildBase, type PatchedBuild } from './build/build.ts'
import { type HarnessControls, harnessControls, reproducerControls } from './controls/controls.ts'
import { judge } from './crash/judge.ts'
import type { PatchStanding, PatchVerdict } from './ladder.ts'
import { crossMatrix } from './matrix/cross.ts'
import type { Matrix } from './matrix.ts'
import { minimise } from './minimise/minimise.ts'
import type { BuildOutcome, MinimiseOutcome, Outcome, RangeOutcome } from './outcome.ts'
import { provePatch } from './patch/prove-patch.ts'
import type { Proof, Reproducer } from './proof.ts'
import { affectedRange } from './range/range.ts'
import { harnessOf } from './run/harness-argv.ts'
import { type Load, loadOf } from './run/load.ts'
import { replayShown } from './run/replay.ts'
import type { PatchGround } from './validate-ground.ts'
import type { ReproducerVerdict } from './verdict.ts'

/** Everything a proof asks for, in the order of what it costs: build, controls, reproducers, patches, matrix, smaller inputs, range. */
export function* validate(proof: Proof, tools: Tools): Asking<Outcome> {
  let tier: TierFacts | null = null
  const inner = validateAll(proof, tools)
  const outcome = yield* noting(inner, (asked, answer) => {
    if (asked.ask === 'run') tier = weaker(tier, (answer as Ran).tier)
    if (asked.ask === 'runs') for (const ran of answer as readonly Ran[]) tier = weaker(tier, ran.tier)
  })
  return { ...outcome, tier }
}

function* validateAll(proof: Proof, tools: Tools): Asking<Outcome> {
  const tell = progress(proof)
  yield* tell('Building the target.')
  const base = yield* buildBase(proof, null, tools)
  const loads = new Map<string, Load>()
  for (const one of proof.reproducers) loads.set(one.id, yield* loadOf(one.input))
  const verdicts = yield* reproduce(proof, base, loads, tools, tell)
  const ground: PatchGround = { proof, base, verdicts, loads, tools }
  const patches = yield* patchesAndMatrix(ground, tell)
  const minimised = yield* minimiseAll(ground, tell)
  const ranges = yield* rangeAll(ground, tell)
  yield* tell('Done.')
  const builds = [base.outcome, ...patches.builds]
  return { tier: null, builds, reproducers: verdicts, patches: patches.verdicts, matrix: patches.matrix, minimised, ranges }
}

type Tell = (say: string) => Asking<void>

/** Steps are counted ahead: they are told when they begin. */
function progress(proof: Proof): Tell {
  const asks = (task: Proof['tasks'][number]) => proof.tasks.includes(task)
  const reproducers = proof.reproducers.length
  const patches = asks('patch') || asks('matrix') ? proof.patches.length : 0
  const total =
    1 +
    reproducers +
    patches +
    (asks('matrix') ? 1 : 0) +
    (asks('minimise') ? reproducers : 0) +
    (asks('range') ? reproducers : 0)
  let begun = 0
  return function* (say) {
    yield* ask({ ask: 'tell', say, done: Math.min(begun++, total), total })
  }
}

function* reproduce(
  proof: Proof,
  base: Built,
  loads: ReadonlyMap<string, Load>,
  tools: Tools,
  tell: Tell,
): Asking<ReproducerVerdict[]> {
  const byHarness = new Map<string, HarnessControls | null>()
  const verdicts: ReproducerVerdict[] = []
  for (const reproducer of proof.reproducers) {
    yield* tell(`Running ${reproducer.id}.`)
    const name = reproducer.harness
    if (!byHarness.has(name)) byHarness.set(name, yield* harnessControls(proof, base, name, tools))
    verdicts.push(yield* reproduceOne(proof, base, reproducer, loads.get(reproducer.id)!, byHarness.get(name) ?? null, tools))
  }
  return verdicts
}

function* reproduceOne(
  proof: Proof,
  base: Built,
  reproducer: Reproducer,
  load: Load,
  ofHarness: HarnessControls | null,
  tools: Tools,
): Asking<ReproducerVerdict> {
  const harness = harnessOf(proof.recipe, reproducer.harness)
  const notBuilt = base.entry === null ? base.outcome.say : null
  const shared = { reproducer, harness, notBuilt, weaknessOf: tools.weaknessOf }
  if (ofHarness === null) return judge({ ...shared, controls: { results: [], broken: null }, shown: [] })
  const controls = yield* reproducerControls(proof, base, reproducer, load, ofHarness, tools)
  const shown = yield* replayShown(proof, base, reproducer, load, proof.settings.runs, reproducer.id, tools)
  return judge({ ...shared, controls, shown })
}

interface Patches {
  readonly verdicts: readonly PatchVerdict[]
  readonly builds: readonly BuildOutcome[]
  readonly matrix: Matrix | null
}

function* patchesAndMatrix(ground: PatchGround, tell: Tell): Asking<Patches> {
  const { tasks, patches } = ground.proof
  const wantsMatrix = tasks.includes('matrix')
  if (!wantsMatrix && !tasks.includes('patch')) return { verdicts: [], builds: [], matrix: null }
  const verdicts: PatchVerdict[] = []
  const built = new Map<string, PatchedBuild>()
  const standings = new Map<string, PatchStanding>()
  for (const patch of patches) {
    yield* tell(`Trying patch ${patch.id}.`)
    const { built: tree, ...verdict } = yield* provePatch(ground, patch)
    verdicts.push(verdict)
    standings.set(patch.id, verdict.standing)
    if (tree !== null) built.set(patch.id, tree)
  }
  const builds = [...built.values()].map((one) => one.outcome)
  if (!wantsMatrix) return { verdicts, builds, matrix: null }
  yield* tell('Each patch against each reproducer.')
  return { verdicts, builds, matrix: yield* crossMatrix(ground, built, standings) }
}

function* minimiseAll(ground: PatchGround, tell: Tell): Asking<MinimiseOutcome[]> {
  const { proof, base, tools } = ground
  const out: MinimiseOutcome[] = []
  if (!proof.tasks.includes('minimise')) return out
  for (const { reproducer, verdict } of judged(ground)) {
    yield* tell(`Making ${reproducer.id} smaller.`)
    // What fires only sometimes cannot be told from what was cut too far; a script is no data.
    if (verdict.verdict !== 'confirmed' || verdict.seen === null) continue
    if (harnessOf(proof.recipe, reproducer.harness)?.kind === 'script') continue
    out.push(yield* minimise(proof, base, reproducer, ground.loads.get(reproducer.id)!, verdict.seen, tools))
  }
  return out
}

function* rangeAll(ground: PatchGround, tell: Tell): Asking<RangeOutcome[]> {
  const { proof, tools } = ground
  const out: RangeOutcome[] = []
  if (!proof.tasks.includes('range')) return out
  for (const { reproducer, verdict } of judged(ground)) {
    yield* tell(`Searching the history with ${reproducer.id}.`)
    if (verdict.verdict !== 'confirmed' && verdict.verdict !== 'not-reproduced') continue
    const seen = verdict.verdict === 'confirmed' ? verdict.seen : null
    out.push(yield* affectedRange(proof, reproducer, ground.loads.get(reproducer.id)!, seen, tools))
  }
  return out
}

function judged(ground: PatchGround): { reproducer: Reproducer; verdict: ReproducerVerdict }[] {
  return ground.proof.reproducers.map((reproducer, i) => ({ reproducer, verdict: ground.verdicts[i]! }))
}

function weaker(known: TierFacts | null, other: TierFacts): TierFacts {
  return known === null || TIERS.indexOf(other.tier) > TIERS.indexOf(known.tier) ? other : known
}

/** Passes every question on and looks at its answer. */
function* noting<T>(inner: Asking<T>, note: (asked: Ask, answer: unknown) => void): Asking<T> {
  let step = inner.next()
  while (!step.done) {
    let answer: unknown
    try {
      answer = yield step.value
    } catch (error) {
      step = inner.throw(error)
      continue
    }
    note(step.value, answer)
    step = inner.next(answer)
  }
  return step.value
}
