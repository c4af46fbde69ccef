import { formatInstant, type Instant } from '../../../core/kernel/instant.ts'
import type { ActNote } from './obligation-body.ts'
import type { Told } from './obligation-change.ts'
import type { Held, Wanted } from './obligation-plan.ts'

/** Assets that an obligation takes over from another of the same flaw and package, which has them no more. */
export interface Arrival {
  readonly from: Held
  readonly assets: readonly string[]
}

/**
 * The obligation with what arrives: what was done on these assets goes along, in place of what stood here of them. Of two that were one
 * flaw all along on the very same component, what this one says of an asset stands.
 */
export function withArrivals(told: Told, arrivals: readonly Arrival[], base: Held | undefined): Told {
  if (arrivals.length === 0) return told
  const there = new Set(base?.assets)
  let { parts } = told.item
  for (const { from, assets } of arrivals) {
    const fresh = new Set(assets.filter((asset) => !there.has(asset)))
    for (const asset of fresh) there.add(asset)
    parts = [...partsOf(parts, (asset) => !fresh.has(asset)), ...partsOf(from.item.parts, (asset) => fresh.has(asset))]
  }
  return { ...told, item: { ...told.item, parts, version: told.item.version + 1 } }
}

function partsOf(parts: Told['item']['parts'], isMeant: (asset: string) => boolean): Told['item']['parts'] {
  return parts.map((part) => ({ ...part, assets: part.assets.filter(isMeant) })).filter((part) => part.assets.length > 0)
}

/** The first start of a clock that arrives with assets: nobody's clock starts later because assets come together. */
export function firstFound(facts: Wanted['facts'], arrivals: readonly Arrival[]): Wanted['facts'] {
  const starts = arrivals.flatMap(({ from }) => from.item.facts.identified ?? [])
  return starts.length === 0 ? facts : { ...facts, identified: Math.min(facts.identified ?? Infinity, ...starts) as Instant }
}

/** What was written of both, each once, in order of time, and where the assets come from, with the date they had there. `back`: assets that were settled there. */
export function joinedNotes(
  notes: readonly ActNote[],
  arrivals: readonly Arrival[],
  back: readonly Arrival[],
  now: Instant,
): readonly ActNote[] {
  if (arrivals.length + back.length === 0) return notes
  const all = new Map<string, ActNote>()
  for (const note of [...notes, ...[...arrivals, ...back].flatMap(({ from }) => from.notes)])
    all.set(JSON.stringify(note), note)
  const came = arrivals.map(({ from, assets }): ActNote => ({ at: now, how: 'assets-joined', says: cameFrom(from), assets }))
  const again = back.map(({ from, assets }): ActNote => ({ at: now, how: 'assets-joined', says: settledOn(from), assets }))
  return [...[...all.values()].sort((a, b) => a.at - b.at), ...came, ...again]
}

function cameFrom({ flaw, component, item, assetClass }: Held): string {
  const { due } = item.dating
  const where = `${flaw} on ${(component.version ?? component.name).slice(0, 100)}, class ${assetClass}`
  const date = due === null ? 'without a date' : `due ${formatInstant(due)}`
  const rest = item.deferral === null ? '' : `, deferred until ${formatInstant(item.deferral.until)}`
  return `Until now part of ${where}, ${date}${rest}.`
}

function settledOn({ flaw, component }: Held): string {
  return `${flaw} was settled here on ${(component.version ?? component.name).slice(0, 100)}; the flaw is there again.`
}
