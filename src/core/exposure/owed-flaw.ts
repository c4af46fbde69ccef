import type { Instant } from '../kernel/instant.ts'
import { versionOrder } from '../kernel/version-order.ts'
import type { ComponentFlaw } from './assess.ts'
import type { Directive } from './directives/directive.ts'
import type { AssetSupport } from './edge/asset-support.ts'
import { cveOf, type SignalBook, signalsOf } from './flaw-signals.ts'
import { identityOf } from './identity.ts'
import type { Action, Owed, Placement } from './obligation/action.ts'
import type { AssetClass, Facts } from './obligation/facts.ts'
import { groupActions } from './obligation/group-actions.ts'
import type { Obligation } from './obligation/obligation.ts'
import { type ClockChoice, oblige } from './obligation/oblige.ts'
import type { Signals } from './obligation/signals.ts'
import { identityOfPurl } from './package-identity.ts'

/** By what an organisation goes, for all of its assets. */
export interface Duty {
  readonly directive: Directive
  readonly choice: ClockChoice
  /** When the flaws were first found here. */
  readonly identified: Instant
  /** Whether the directive binds the organisation; null: nobody said. */
  readonly bound: boolean | null
}

/** One flaw of one component on the assets of one class, and what is owed about it. */
export interface OwedFlaw extends ComponentFlaw {
  readonly signals: Signals
  readonly obligation: Obligation
  /** Name of the class (`classKey`). */
  readonly assetClass: string
  readonly assets: readonly string[]
  readonly support: AssetSupport
}

const UNSAID: AssetSupport = { supported: null, edge: false }

/** What is owed about a flaw on assets of one class. `support`: nobody said where it is left out. */
export function oweFlaw(
  flaw: ComponentFlaw,
  signals: SignalBook,
  on: {
    readonly name: string
    readonly assets: readonly string[]
    readonly said: AssetClass
    readonly humanImpact?: Facts['humanImpact']
    readonly support?: AssetSupport
  },
  { directive, choice, identified, bound }: Duty,
): OwedFlaw {
  const known = signalsOf(flaw, signals)
  const facts = {
    flaw: flaw.primary,
    cve: cveOf(flaw),
    signals: known,
    assets: on.said,
    identified,
    humanImpact: on.humanImpact ?? null,
    bound,
  }
  const obligation = oblige(directive, facts, choice)
  return { ...flaw, signals: known, obligation, assetClass: on.name, assets: on.assets, support: on.support ?? UNSAID }
}

/** The actions that settle what is owed, ranked. `holds` says whether a flaw still holds in another version of a component. */
export function actionsFor(
  owed: readonly OwedFlaw[],
  holds: ((key: string, flaw: string, version: string) => 'yes' | 'no' | 'unknown') | null,
): readonly Action[] {
  const placements = new Map<string, Placed[]>()
  for (const one of owed) {
    const { component, assetClass, assets } = one
    const name = `${assetClass}\n${identityOf(component)}`
    const there = placements.get(name) ?? []
    if (there.length === 0) placements.set(name, there)
    // A statement may settle a flaw on some of the assets only: then its placement is another.
    let held = there.find((placed) => sameTexts(placed.assets, assets))
    if (held === undefined) {
      held = placementOf(one)
      there.push(held)
    }
    held.owed.push(owedOf(one))
  }
  return groupActions([...placements.values()].flat(), { order: versionOrder, holds })
}

type Placed = Placement & { readonly owed: Owed[] }

function placementOf(one: OwedFlaw): Placed {
  const { component, assetClass, assets } = one
  const key = actionKey(one)
  return {
    key,
    ecosystem: key.slice(0, key.indexOf('/')),
    name: component.group === null || component.purl === null ? component.name : key.slice(key.indexOf('/') + 1),
    version: component.version ?? '',
    assetClass,
    assets,
    ...one.support,
    owed: [],
  }
}

function sameTexts(a: readonly string[], b: readonly string[]): boolean {
  return a === b || (a.length === b.length && a.every((text, n) => text === b[n]))
}

/** By what the components of an action are one: ecosystem and name; without a purl the name alone. */
export function actionKey({ component }: Pick<OwedFlaw, 'component'>): string {
  const identity = component.purl === null ? null : identityOfPurl(component.purl)
  return identity?.key ?? `generic/${component.group === null ? component.name : `${component.group}/${component.name}`}`
}

function owedOf({ primary, match, obligation }: OwedFlaw): Owed {
  const dues = obligation.triage?.steps.flatMap(({ due }) => (due === null ? [] : [due])) ?? []
  return {
    flaw: primary,
    fixed: match.fixed,
    due: obligation.due,
    tier: obligation.tier.key,
    rank: obligation.tier.rank,
    triageDue: dues.length === 0 ? null : (Math.min(...dues) as Instant),
  }
}
