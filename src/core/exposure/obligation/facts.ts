import type { Instant } from '../../kernel/instant.ts'
import type { AssetTags } from '../component.ts'
import type { Directive } from '../directives/directive.ts'
import type { Signals } from './signals.ts'
import type { Stated } from './stated.ts'

/** What a class of assets has in common that rules ask for: several assets of one version share one obligation. */
export interface AssetClass {
  /** Null: nobody said, which counts as public (reference: unknown counts as exposed). */
  readonly exposure: Stated<'public' | 'internal'> | null
  readonly environment: 'production' | 'development' | null
  readonly unit: string | null
  readonly type: string | null
}

/** All that an obligation is computed from. */
export interface Facts {
  /** Primary id of the flaw, and its CVE id where it has one. */
  readonly flaw: string
  readonly cve: string | null
  readonly signals: Signals
  readonly assets: AssetClass
  /** When the organisation first found the flaw on an asset of this class; null: not found yet. */
  readonly identified: Instant | null
  /** SSVC human impact, as the operator judges it for itself; null: nobody did. */
  readonly humanImpact: Stated<'L' | 'M' | 'H' | 'VH'> | null
  /** Whether the directive binds the organisation; null: nobody said. */
  readonly bound: boolean | null
}

/** The class of an asset by its tags; `said` is who tagged it and when. */
export function classOf(tags: AssetTags, said: { readonly source: string; readonly at: Instant | null }): AssetClass {
  const exposure = tags.exposure === null ? null : { value: tags.exposure, by: 'operator', ...said }
  return { exposure, environment: tags.environment, unit: tags.unit, type: tags.type }
}

const IMPACTS = { low: 'L', medium: 'M', high: 'H', 'very-high': 'VH' } as const

/** SSVC's human impact of an asset by its tags; null where nobody said, or where the directive does not ask for it. */
export function impactOf(
  { rule }: Directive,
  { impact }: AssetTags,
  said: { readonly source: string; readonly at: Instant | null },
): Facts['humanImpact'] {
  return rule.kind !== 'deployer' || impact === null ? null : { value: IMPACTS[impact], by: 'operator', ...said }
}
