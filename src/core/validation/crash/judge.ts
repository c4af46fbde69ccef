import { type Controls, whatFired } from '../controls/controls.ts'
import type { Claim, Reproducer } from '../proof.ts'
import type { Harness } from '../recipe.ts'
import type { Shown } from '../run/show.ts'
import type { ReproducerVerdict, Sighting, Verdict } from '../verdict.ts'
import { isHarnessOnly } from './harness-only.ts'
import { asClaimed, sameBug } from './same-bug.ts'

/** Everything a reproducer's verdict is drawn from. */
export interface Judged {
  readonly reproducer: Reproducer
  readonly harness: Harness | null
  /** Null: the target was built. Else why not. */
  readonly notBuilt: string | null
  readonly controls: Controls
  readonly shown: readonly Shown[]
  readonly weaknessOf: (crash: NonNullable<Sighting['crash']>) => string | null
}

/** What runs of a reproducer came to. Controls go before everything: where they fail, nothing is called confirmed. */
export function judge(input: Judged): ReproducerVerdict {
  const { reproducer, controls } = input
  const sightings = input.shown.map((one) => one.sighting)
  const of = sightings.length
  const groups = grouped(sightings)
  const main = mainGroup(groups, reproducer.claim)
  const fired = main?.length ?? 0
  const seen = main?.[0] ?? null
  const { verdict, say } = decide(input, sightings, main)
  return {
    reproducer: reproducer.id,
    verdict,
    say,
    fired,
    of,
    sightings,
    controls: controls.results,
    seen,
    alsoMet: othersMet(groups, main),
    cwe: seen?.crash ? input.weaknessOf(seen.crash) : null,
  }
}

function decide(
  input: Judged,
  sightings: readonly Sighting[],
  main: readonly Sighting[] | null,
): { verdict: Verdict; say: string } {
  const of = sightings.length
  if (input.notBuilt !== null) return { verdict: 'did-not-build', say: input.notBuilt }
  if (input.harness === null) return { verdict: 'did-not-build', say: `The recipe has no harness ${input.reproducer.harness}.` }
  if (input.controls.broken !== null) {
    return { verdict: 'environment-failure', say: `Its runs say nothing. ${input.controls.broken}` }
  }
  const begun = input.shown.filter((one) => one.notBegun === null)
  if (begun.length * 2 <= of) {
    return {
      verdict: 'environment-failure',
      say: input.shown.find((one) => one.notBegun !== null)?.notBegun ?? 'It was not run.',
    }
  }
  if (main === null) return neverFired(sightings)
  const seen = main[0]!
  const times = `${main.length} of ${of} times`
  if (isHarnessOnly(seen, input.harness)) {
    return { verdict: 'harness-only', say: `Fired ${times}, but in the harness and not in the target: ${whatFired(seen)}.` }
  }
  const claimed = asClaimed(input.reproducer.claim, seen)
  if (!claimed.agrees) {
    return { verdict: 'different-bug', say: `Fired ${times}: ${whatFired(seen)}. ${claimed.say}` }
  }
  if (main.length < of) return { verdict: 'flaky', say: `Fired ${times} only: ${whatFired(seen)}.` }
  return { verdict: 'confirmed', say: `Fired ${times}: ${whatFired(seen)}.` }
}

const RESOURCE: Readonly<Record<string, string>> = {
  'wall-time': 'time',
  'cpu-time': 'CPU time',
  memory: 'memory',
  files: 'files',
}

function neverFired(sightings: readonly Sighting[]): { verdict: Verdict; say: string } {
  const of = sightings.length
  const stopped = sightings.filter((one) => one.stopped !== null)
  if (stopped.length * 2 > of) {
    const what = [...new Set(stopped.map((one) => RESOURCE[one.stopped!] ?? one.stopped!))].join(' and ')
    const say = `Ran out of ${what} ${stopped.length} of ${of} times, which says nothing of a crash.`
    return { verdict: 'resource-exhaustion', say }
  }
  const some =
    stopped.length === 0 ? '' : ` ${stopped.length} of its runs ran out of ${RESOURCE[stopped[0]!.stopped!] ?? 'time'}.`
  return { verdict: 'not-reproduced', say: `Fired 0 of ${of} times.${some}` }
}

/** Those that fired, by the bug they met, in the order of first sight. */
function grouped(sightings: readonly Sighting[]): Sighting[][] {
  const groups: Sighting[][] = []
  for (const one of sightings) {
    if (!one.fired) continue
    const home = groups.find((group) => sameBug(group[0]!, one))
    if (home) home.push(one)
    else groups.push([one])
  }
  return groups
}

/** The group that is as claimed, the largest of them; else the largest of all. */
function mainGroup(groups: readonly Sighting[][], claim: Claim): Sighting[] | null {
  const claimed = groups.filter((group) => asClaimed(claim, group[0]!).agrees)
  let best: Sighting[] | null = null
  for (const group of claimed.length > 0 ? claimed : groups) if (best === null || group.length > best.length) best = group
  return best
}

function othersMet(groups: readonly Sighting[][], main: readonly Sighting[] | null): (readonly string[])[] {
  const own = new Set([main?.[0]?.state.join('\n')])
  const out = new Map<string, readonly string[]>()
  for (const group of groups) {
    for (const one of group) {
      for (const state of [...(group === main ? [] : [one.state]), ...(one.also ?? [])]) {
        if (!own.has(state.join('\n'))) out.set(state.join('\n'), state)
      }
    }
  }
  return [...out.values()].slice(0, 20)
}
