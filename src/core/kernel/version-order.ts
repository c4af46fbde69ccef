import { GO, SEMVER } from './version/semver.ts'

export type Order = -1 | 0 | 1

/** How one ecosystem orders its versions. Texts are hostile: no method throws, all are linear in length. */
export interface VersionOrder {
  /** Name of the rule, kept with every match it decided, for example `semver-2.0.0`. */
  readonly rule: string
  /** Whether the text is a version exactly as the ecosystem writes it. */
  readonly isValid: (text: string) => boolean
  /** Which of two versions is older (-1), the same (0) or newer (1); null where one of them cannot be read at all. */
  readonly compare: (a: string, b: string) => Order | null
}

const ORDERS: ReadonlyMap<string, VersionOrder> = new Map([
  ['npm', SEMVER],
  ['crates.io', SEMVER],
  ['cargo', SEMVER],
  ['go', GO],
  ['golang', GO],
])

/** The order of an ecosystem by its OSV name or purl type (`npm`, `crates.io`, `Go`, `golang`); null: order not known, match by exact version only. */
export function versionOrder(ecosystem: string): VersionOrder | null {
  return ORDERS.get(ecosystem.toLowerCase()) ?? null
}
