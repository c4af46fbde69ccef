import { type Asking, ask, type RunAsk, type Tools } from '../ask.ts'
import type { Built } from '../build/build.ts'
import type { Input, Proof, Reproducer } from '../proof.ts'
import type { Sighting } from '../verdict.ts'
import { parseReport } from './drive.ts'
import { drivenAsk } from './driven.ts'
import { harnessOf } from './harness-argv.ts'
import type { Load } from './load.ts'
import { besidePath } from './places.ts'
import { lostRun, type Shown, showDriven, showRan } from './show.ts'
import { type Laid, singleAsk } from './single.ts'

/** Runs a reproducer `times` times, each in a sandbox of its own, and says what each run showed. */
export function* replay(
  proof: Proof,
  built: Built,
  reproducer: Reproducer,
  load: Load,
  times: number,
  purpose: string,
  tools: Tools,
): Asking<Sighting[]> {
  const shown = yield* replayShown(proof, built, reproducer, load, times, purpose, tools)
  return shown.map((one) => one.sighting)
}

/** The same with what else is known of each run. No runs where there is no build or no such harness. */
export function* replayShown(
  proof: Proof,
  built: Built,
  reproducer: Reproducer,
  load: Load,
  times: number,
  purpose: string,
  tools: Tools,
): Asking<Shown[]> {
  const harness = harnessOf(proof.recipe, reproducer.harness)
  if (built.entry === null || harness === null) return []
  const aim = { oracle: reproducer.oracle, claim: reproducer.claim }
  const beside = yield* laidBeside(reproducer.files)
  const asks: RunAsk[] = []
  for (let i = 1; i <= times; i++) {
    const say = times === 1 ? purpose : `${purpose}, run ${i} of ${times}`
    if (harness.kind === 'server') {
      asks.push(drivenAsk(proof, built.entry, harness, [{ load, oracle: aim.oracle, claim: aim.claim, beside }], say))
    } else {
      const bytes = load.kind === 'file' ? load.bytes : (load.requests[0] ?? new Uint8Array())
      const extension = load.kind === 'file' ? (load.extension ?? '') : ''
      asks.push(singleAsk(proof, built.entry, harness, { bytes, extension }, beside, aim.oracle, say))
    }
  }
  const runs = yield* ask({ ask: 'runs', runs: asks })
  return runs.map((ran, i) => {
    if (harness.kind !== 'server') return showRan(ran, asks[i]!, aim, tools)
    const report = [...ran.got.values()].map((bytes) => parseReport(bytes, 1)).find((one) => one !== null)
    return report ? showDriven(report[0]!, true, aim, tools) : lostRun(ran, aim, tools)
  })
}

/** The bytes of further files, where they will lie inside. */
export function* laidBeside(files: readonly Input[]): Asking<Laid> {
  const out: { path: string; bytes: Uint8Array }[] = []
  for (const file of files) out.push({ path: besidePath(file.name), bytes: yield* ask({ ask: 'input', digest: file.digest }) })
  return out
}
