import type { AssetTags } from '../../core/exposure/component.ts'
import { type AssetSupport, supportOf } from '../../core/exposure/edge/asset-support.ts'
import type { SignalBook } from '../../core/exposure/flaw-signals.ts'
import { classKey } from '../../core/exposure/obligation/asset-class.ts'
import { type AssetClass, classOf, type Facts, impactOf } from '../../core/exposure/obligation/facts.ts'
import { type Duty, type OwedFlaw, oweFlaw } from '../../core/exposure/owed-flaw.ts'
import type { Instant } from '../../core/kernel/instant.ts'
import type { HeldFlaw } from './held-flaws.ts'
import type { AssetRead } from './inventories.ts'

/** What is owed about one flaw of one component on assets of one class, with those assets whole. */
export interface OwedHere extends OwedFlaw {
  readonly on: readonly AssetRead[]
}

/** Everything owed, the earliest first, then the most urgent rule, then by flaw and component. */
export function owedFlaws(
  held: readonly HeldFlaw[],
  signals: SignalBook,
  duty: Duty,
  tagsOf: (asset: AssetRead) => { readonly tags: AssetTags; readonly source: string },
  now: Instant,
): OwedHere[] {
  const owed = held.flatMap(({ flaw, assets }) => {
    const classes = new Map<
      string,
      { said: AssetClass; humanImpact: Facts['humanImpact']; support: AssetSupport; on: AssetRead[] }
    >()
    for (const asset of assets) {
      const { tags, source } = tagsOf(asset)
      const name = classKey(duty.directive, tags)
      const known = classes.get(name)
      if (known === undefined)
        classes.set(name, {
          said: classOf(tags, { source, at: null }),
          humanImpact: impactOf(duty.directive, tags, { source, at: null }),
          support: supportOf(tags, now),
          on: [asset],
        })
      else known.on.push(asset)
    }
    return [...classes].map(([name, { said, humanImpact, support, on }]) => ({
      ...oweFlaw(flaw, signals, { name, said, humanImpact, support, assets: on.map((asset) => asset.name) }, duty),
      on,
    }))
  })
  return owed.sort(byDue)
}

function byDue(a: OwedHere, b: OwedHere): number {
  const [due, other] = [a.obligation.due ?? Number.POSITIVE_INFINITY, b.obligation.due ?? Number.POSITIVE_INFINITY]
  if (due !== other) return due - other
  return (
    b.obligation.tier.rank - a.obligation.tier.rank ||
    byText(a.primary, b.primary) ||
    byText(a.component.purl ?? a.component.name, b.component.purl ?? b.component.name) ||
    byText(a.assetClass, b.assetClass)
  )
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
