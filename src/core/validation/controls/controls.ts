import type { Asking, Tools } from '../ask.ts'
import { type Built, buildBase } from '../build/build.ts'
import { claimedResource } from '../crash/kinds.ts'
import type { Oracle, Proof, Reproducer } from '../proof.ts'
import { batchShown } from '../run/batch.ts'
import { harnessOf } from '../run/harness-argv.ts'
import { inertLine } from '../run/inert.ts'
import { emptyLoad, type Load } from '../run/load.ts'
import { extensionOf } from '../run/places.ts'
import { replayShown } from '../run/replay.ts'
import type { Shown } from '../run/show.ts'
import type { ControlResult, Sighting } from '../verdict.ts'
import { benignSamples, type Sample } from './benign.ts'

const CRASH: Oracle = { kind: 'crash' }

/** What controls of one reproducer came to. */
export interface Controls {
  readonly results: readonly ControlResult[]
  /** Null: its runs may be believed. Else why not, in words. */
  readonly broken: string | null
}

/** What the controls of one harness showed: the same for all its reproducers. */
export interface HarnessControls {
  readonly samples: readonly Sample[]
  readonly empty: Shown
  readonly shown: readonly Shown[]
}

/** Runs a harness on nothing at all and on its benign samples; null where there is no build or no such harness. */
export function* harnessControls(proof: Proof, built: Built, name: string, tools: Tools): Asking<HarnessControls | null> {
  const harness = harnessOf(proof.recipe, name)
  if (harness === null || built.entry === null) return null
  const samples = yield* benignSamples(proof, built, name)
  const loads = [emptyFor(proof, name), ...samples.map((sample) => sample.load)]
  const items = loads.map((load) => ({ load, oracle: CRASH, files: [] }))
  const [empty, ...shown] = yield* batchShown(proof, built, name, items, `controls of ${name}`, tools)
  return empty === undefined ? null : { samples, empty, shown }
}

/** An empty file or, for a server, no request; a script keeps the ending by which its interpreter knows it. */
function emptyFor(proof: Proof, name: string): Load {
  const harness = harnessOf(proof.recipe, name)
  if (harness?.kind === 'server') return emptyLoad('exchange')
  const first = proof.reproducers.find((one) => one.harness === name)?.input
  return emptyLoad('file', first?.kind === 'file' ? extensionOf(first.input.name) : '')
}

/**
 * The controls of one reproducer. Whatever crashes on nothing or on a benign sample crashes by its surroundings, also when it
 * crashes elsewhere than the reproducer does; measured: one file missing under /etc once made every input crash. A reproducer
 * that is told by other signs than a crash is held against those signs as well.
 */
export function* reproducerControls(
  proof: Proof,
  built: Built,
  reproducer: Reproducer,
  load: Load,
  controls: HarnessControls,
  tools: Tools,
): Asking<Controls> {
  const results = [controlOf('empty-input', 'empty input', controls.empty)]
  for (const [i, sample] of controls.samples.entries()) {
    results.push(controlOf('benign-sample', inertLine(sample.name, 100), controls.shown[i]!))
  }
  if (reproducer.oracle.kind !== 'crash' || claimedResource(reproducer.claim) !== null)
    results.push(...(yield* bySigns(proof, built, reproducer, controls, tools)))
  const parent = yield* parentControl(proof, reproducer, load, tools)
  if (parent !== null) results.push(parent)
  const fired = results.find((one) => one.outcome === 'fired')
  const broken = fired !== undefined ? `${titleOf(fired)} fired too: ${fired.say}` : notBegun(controls)
  return { results, broken }
}

function notBegun(controls: HarnessControls): string | null {
  const shown = [controls.empty, ...controls.shown]
  // One that began is enough: a harness may refuse an empty input by ending with 127.
  return shown.some((one) => one.notBegun === null) ? null : controls.empty.notBegun
}

function titleOf(control: ControlResult): string {
  if (control.control === 'empty-input') return 'An empty input'
  return control.control === 'benign-sample' ? `The benign sample ${control.name}` : 'The parent of the introducing commit'
}

function controlOf(control: ControlResult['control'], name: string, shown: Shown): ControlResult {
  if (shown.notBegun !== null) return { control, name, outcome: 'not-run', say: shown.notBegun }
  return { control, name, ...outcomeOf(shown.sighting) }
}

function outcomeOf(seen: Sighting): Pick<ControlResult, 'outcome' | 'say'> {
  if (seen.fired) return { outcome: 'fired', say: `${whatFired(seen)}.` }
  return { outcome: 'silent', say: seen.stopped === null ? 'Did not fire.' : `Did not fire; ended by ${seen.stopped}.` }
}

/** What fired, in a few words: `heap-buffer-overflow in parse_name`. */
export function whatFired(seen: Sighting): string {
  if (seen.crash === null) return seen.state.map((line) => inertLine(line, 80)).join(', ') || 'its sign was there'
  const kind = inertLine(seen.crash.kind, 80)
  const place = seen.state.find((line) => line !== seen.crash?.signal && !/^(?:exit code|words in|file left)/.test(line))
  return place === undefined || place === seen.crash.kind ? kind : `${kind} in ${inertLine(place, 80)}`
}

/** The sign is looked for where nothing is wrong: on benign samples, and on an empty input unless the sign is an exit code. */
function* bySigns(
  proof: Proof,
  built: Built,
  reproducer: Reproducer,
  controls: HarnessControls,
  tools: Tools,
): Asking<ControlResult[]> {
  const isScript = harnessOf(proof.recipe, reproducer.harness)?.kind === 'script'
  const empty = isScript || reproducer.oracle.kind !== 'exit'
  const named: { control: ControlResult['control']; name: string; load: Load }[] = controls.samples.map((sample) => ({
    control: 'benign-sample',
    name: inertLine(sample.name, 100),
    load: sample.load,
  }))
  if (empty) named.unshift({ control: 'empty-input', name: 'empty input', load: emptyFor(proof, reproducer.harness) })
  const items = named.map(({ load }) => ({ load, oracle: reproducer.oracle, files: reproducer.files, claim: reproducer.claim }))
  const shown = yield* batchShown(proof, built, reproducer.harness, items, `controls of ${reproducer.id}`, tools)
  return shown.flatMap((one, i) => {
    const result = controlOf(named[i]!.control, named[i]!.name, one)
    return result.outcome === 'fired' ? [result] : []
  })
}

function* parentControl(proof: Proof, reproducer: Reproducer, load: Load, tools: Tools): Asking<ControlResult | null> {
  const revision = proof.target.introducedAfter
  if (revision === null) return null
  const control = { control: 'parent-of-introducing', name: inertLine(revision, 64) } as const
  const built = yield* buildBase(proof, revision, tools)
  if (built.entry === null) return { ...control, outcome: 'not-run', say: built.outcome.say }
  const [shown] = yield* replayShown(proof, built, reproducer, load, 1, `${reproducer.id} before its introduction`, tools)
  if (shown === undefined) return { ...control, outcome: 'not-run', say: 'There is no such harness.' }
  return controlOf(control.control, control.name, shown)
}
