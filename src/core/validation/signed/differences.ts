import type { ValidationStatement } from '../statement.ts'
import { canonicalJson } from './canonical.ts'

/**
 * What two statements say differently. `inputs` and `outcome` are disagreements; `environment` and `detail` (a stack, a built tree,
 * a log) may differ between machines that agree.
 */
export interface Difference {
  readonly in: 'inputs' | 'outcome' | 'environment' | 'detail'
  readonly say: string
}

const MOST = 200

/** All that differs between two statements but for what may vary, each in a sentence; `then` was made first. At most 200. */
export function differences(then: ValidationStatement, now: ValidationStatement): Difference[] {
  const all = [...inputs(then, now), ...outcome(then, now), ...environment(then, now)]
  return (all.length === 0 ? details(then, now) : [...all, ...details(then, now)]).slice(0, MOST)
}

/** Whether a second run came to the same: same inputs, same outcome. */
export function agrees(all: readonly Difference[]): boolean {
  return !all.some((one) => one.in === 'inputs' || one.in === 'outcome')
}

function inputs(then: ValidationStatement, now: ValidationStatement): Difference[] {
  const name = (one: ValidationStatement) => new Map(one.subject.map(({ name, digest }) => [name, digest.sha256]))
  const out = byName('inputs', name(then), name(now), 'The digest of')
  const asked = (one: ValidationStatement) => canonicalJson(one.predicate.asked)
  if (out.length === 0 && asked(then) !== asked(now))
    out.push({ in: 'inputs', say: 'Other tasks or settings were asked for, or the proof was written differently.' })
  return out
}

function outcome(then: ValidationStatement, now: ValidationStatement): Difference[] {
  const { reproducers, patches, builds, matrix, ranges } = then.predicate.outcome
  const other = now.predicate.outcome
  return [
    ...pairs(
      reproducers,
      other.reproducers,
      (one) => `The verdict on ${one.reproducer}`,
      ({ verdict }) => verdict,
    ),
    ...pairs(
      reproducers,
      other.reproducers,
      (one) => `The crash of ${one.reproducer}`,
      ({ seen }) => seen?.state.join(' < ') || 'none',
    ),
    ...pairs(
      patches,
      other.patches,
      (one) => `The standing of patch ${one.patch}`,
      ({ standing }) => standing,
    ),
    ...pairs(
      patches.flatMap(rungsOf),
      other.patches.flatMap(rungsOf),
      ({ patch, rung }) => `Patch ${patch}, rung ${rung}`,
      (one) => one.outcome,
    ),
    ...pairs(
      builds,
      other.builds,
      (one) => `Building ${one.of}`,
      (one) => (one.built ? 'built' : 'did not build'),
    ),
    ...pairs(
      matrix?.cells ?? [],
      other.matrix?.cells ?? [],
      (one) => `Patch ${one.patch} against ${one.reproducer}`,
      (one) => one.outcome,
    ),
    ...pairs(
      matrix?.relations ?? [],
      other.matrix?.relations ?? [],
      (one) => `The relation of ${one.a} and ${one.b}`,
      (one) => one.relation,
    ),
    ...pairs(
      ranges,
      other.ranges,
      (one) => `The range of ${one.reproducer}`,
      (one) => `${one.introduced} to ${one.fixed}`,
    ),
  ]
}

const rungsOf = (verdict: ValidationStatement['predicate']['outcome']['patches'][number]) =>
  verdict.rungs.map(({ rung, outcome }) => ({ patch: verdict.patch, rung, outcome }))

function environment(then: ValidationStatement, now: ValidationStatement): Difference[] {
  const a = then.predicate.environment
  const b = now.predicate.environment
  const out: Difference[] = []
  const told = (what: string, was: string, is: string) => {
    if (was !== is) out.push({ in: 'environment', say: `${what} was ${was}, now ${is}.` })
  }
  told('The sandbox', `${a.tier.tier} (${a.tier.says})`, `${b.tier.tier} (${b.tier.says})`)
  told('The architecture', a.architecture, b.architecture)
  const [old, fresh] = [new Set(a.toolchain.says), new Set(b.toolchain.says)]
  for (const line of old) if (!fresh.has(line)) out.push({ in: 'environment', say: `A tool is no longer there: ${line}.` })
  for (const line of fresh) if (!old.has(line)) out.push({ in: 'environment', say: `A tool was not there then: ${line}.` })
  if (canonicalJson(then.predicate.limits) !== canonicalJson(now.predicate.limits))
    out.push({ in: 'environment', say: 'Other limits were in force.' })
  return out
}

function details(then: ValidationStatement, now: ValidationStatement): Difference[] {
  const a = then.predicate.outcome
  const b = now.predicate.outcome
  const out = pairs(
    a.builds,
    b.builds,
    (one) => `The built tree of ${one.of}`,
    (one) => one.tree ?? 'none',
  ).map(({ say }): Difference => ({ in: 'detail', say }))
  if (canonicalJson(a.reproducers) !== canonicalJson(b.reproducers))
    out.push({ in: 'detail', say: 'The runs of the reproducers differ in a stack, a count or a sentence.' })
  if (canonicalJson(a.patches) !== canonicalJson(b.patches))
    out.push({ in: 'detail', say: 'The figures on the patches differ.' })
  if (then.predicate.normalisedLog !== now.predicate.normalisedLog)
    out.push({ in: 'detail', say: 'The logs differ in more than addresses, process numbers and times.' })
  return out
}

/** Things that both lists name, and what is said of them; one that stands in one list only is told as such. */
function pairs<T>(then: readonly T[], now: readonly T[], name: (one: T) => string, says: (one: T) => string): Difference[] {
  const map = (list: readonly T[]) => new Map(list.map((one) => [name(one), says(one)]))
  return byName('outcome', map(then), map(now), '')
}

function byName(
  where: Difference['in'],
  then: ReadonlyMap<string, string>,
  now: ReadonlyMap<string, string>,
  lead: string,
): Difference[] {
  const out: Difference[] = []
  const called = (name: string) => (lead === '' ? name : `${lead} ${name}`)
  for (const [name, was] of then) {
    const is = now.get(name)
    if (is === undefined) out.push({ in: where, say: `${called(name)} was ${was}; now nothing is said of it.` })
    else if (is !== was) out.push({ in: where, say: `${called(name)} was ${was}, now ${is}.` })
  }
  for (const [name, is] of now)
    if (!then.has(name)) out.push({ in: where, say: `${called(name)} is ${is}; nothing was said of it.` })
  return out
}
