import type { Instant } from '../../kernel/instant.ts'
import type { Directive } from '../directives/directive.ts'
import type { AskedTag } from './asset-class.ts'
import type { Facts } from './facts.ts'
import type { Signals } from './signals.ts'

/** A change of what a date rests on. `at` is when Weir learned of it. */
export type Change = { readonly at: Instant } & (
  | { readonly of: 'kev'; readonly kev: Signals['kev'] }
  | { readonly of: 'epss'; readonly epss: Signals['epss'] }
  | {
      readonly of: 'ssvc'
      readonly exploitation: Signals['exploitation']
      readonly automatable: Signals['automatable']
      readonly impact: Signals['impact']
    }
  | { readonly of: 'severity'; readonly severity: Signals['severity'] }
  | { readonly of: 'exposure'; readonly exposure: Facts['assets']['exposure'] }
  | { readonly of: 'identified'; readonly identified: Instant }
  | { readonly of: 'bound'; readonly bound: boolean | null }
  /** What tags say beside the exposure, where the rule asks for it. */
  | { readonly of: 'tags'; readonly tags: Pick<Facts['assets'], AskedTag> }
  | { readonly of: 'human-impact'; readonly humanImpact: Facts['humanImpact'] }
  | { readonly of: 'cve'; readonly cve: string | null }
  /** Another directive or another version of it; the facts stay. */
  | { readonly of: 'directive'; readonly directive: string }
)

export type ChangeOf = Change['of']

/** The facts after a change. */
export function changed(facts: Facts, change: Change): Facts {
  const signals = (part: Partial<Signals>): Facts => ({ ...facts, signals: { ...facts.signals, ...part } })
  switch (change.of) {
    case 'kev':
      return signals({ kev: change.kev })
    case 'epss':
      return signals({ epss: change.epss })
    case 'ssvc':
      return signals({ exploitation: change.exploitation, automatable: change.automatable, impact: change.impact })
    case 'severity':
      return signals({ severity: change.severity })
    case 'exposure':
      return { ...facts, assets: { ...facts.assets, exposure: change.exposure } }
    case 'identified':
      // The first identification counts; one that is told of later but happened earlier moves it back.
      return facts.identified !== null && facts.identified <= change.identified
        ? facts
        : { ...facts, identified: change.identified }
    case 'bound':
      return { ...facts, bound: change.bound }
    case 'tags':
      return { ...facts, assets: { ...facts.assets, ...change.tags } }
    case 'human-impact':
      return { ...facts, humanImpact: change.humanImpact }
    case 'cve':
      return { ...facts, cve: change.cve }
    case 'directive':
      return facts
  }
}

/** When a change took effect: a listing in KEV on its day of listing, a statement when it was made, all else when Weir learned of it. */
export function effective(change: Change): Instant {
  const stated = statedAt(change)
  return stated !== null && stated < change.at ? stated : change.at
}

function statedAt(change: Change): Instant | null {
  if (change.of === 'kev') return change.kev?.value?.added ?? change.kev?.at ?? null
  if (change.of === 'exposure') return change.exposure?.at ?? null
  if (change.of === 'ssvc') return latestOf([change.automatable?.at, change.impact?.at, change.exploitation?.at])
  return null
}

function latestOf(times: readonly (Instant | null | undefined)[]): Instant | null {
  return times.reduce<Instant | null>((late, at) => (at != null && (late === null || at > late) ? at : late), null)
}

/** The directive that holds after a change, found by `find`; null where the change names one that nobody has. */
export function directiveAfter(change: Change, now: Directive, find: (ref: string) => Directive | null): Directive | null {
  return change.of === 'directive' ? find(change.directive) : now
}
