import type { SetRule } from '../../../contract/shapes/exposure.ts'
import { type Directive, type DirectiveId, refOf } from '../../../core/exposure/directives/directive.ts'
import { readPolicy } from '../../../core/exposure/directives/policy/parse-policy.ts'
import { DIRECTIVES, directiveByRef } from '../../../core/exposure/directives/registry.ts'
import type { ClockChoice } from '../../../core/exposure/obligation/oblige.ts'
import type { Ground } from '../../ground.ts'
import type { Tx } from '../../store/connection.ts'
import { type RuleRow, ruleRowOf } from '../../store/exposure-rule.ts'
import { openJson, sealJson } from '../../store/keys/seal.ts'

/** What is sealed of the rule that an organisation chose. */
export interface RuleBody {
  readonly directive: DirectiveId
  readonly binds: boolean
  readonly reading: ClockChoice
  /** The policy as it was written. */
  readonly own: unknown
  /** Authors of VEX statements that are believed, the most trusted first; rules of before this could be said have none. */
  readonly believe?: readonly string[]
  readonly believeInventories?: boolean
}

/** By what an organisation goes. */
export interface GoesBy {
  readonly directive: Directive
  readonly choice: ClockChoice
  /** Null: it said nothing. */
  readonly bound: boolean | null
  readonly find: (ref: string) => Directive | null
  readonly version: number
  readonly own: unknown
  /** Authors whose statements among the records are believed, the most trusted first. */
  readonly believe: readonly string[]
  /** Whether statements of the organisation's own inventories are believed. */
  readonly believeInventories: boolean
}

/** Who said nothing goes by BOD 26-04 as an analogy: it binds nobody who did not say so. */
const UNSAID: RuleBody = { directive: 'bod-26-04', binds: false, reading: 'from-first', own: null }

const place = (organisation: string) => `exposure-rule/${organisation}/body`

export function sealRule(ground: Pick<Ground, 'random'>, key: Uint8Array, organisation: string, body: RuleBody): Buffer {
  return sealJson(key, body, place(organisation), ground.random)
}

/** The rule of an organisation, and its row where it set one. */
export async function loadRule(
  ground: Pick<Ground, 'keys'>,
  tx: Tx,
  organisation: string,
): Promise<{ readonly rule: GoesBy; readonly row: RuleRow | null }> {
  const row = await ruleRowOf(tx, organisation)
  if (row === undefined) return { rule: goesBy(UNSAID, 0), row: null }
  const [key] = ground.keys.get([row.key_slot])
  if (!key) return { rule: goesBy(UNSAID, row.version), row }
  return { rule: goesBy(openJson<RuleBody>(key, row.body, place(organisation)), row.version), row }
}

function goesBy(
  { directive: id, binds, reading, own, believe = [], believeInventories = false }: RuleBody,
  version: number,
): GoesBy {
  const read = id === 'own' ? readPolicy(own) : null
  const directive = read === null ? DIRECTIVES.find((one) => one.id === id)! : read.ok ? read.directive : null
  if (directive === null) throw new Error('a policy that was taken can be read again')
  const find = (ref: string) => (ref === refOf(directive) ? directive : directiveByRef(ref))
  return { directive, choice: reading, bound: binds, find, version, own, believe, believeInventories }
}

/** The rule as its organisation reads it. */
export function ruleOut({ directive, choice, bound, own, version, believe, believeInventories }: GoesBy): SetRule {
  const said = { directive: directive.id, binds: bound === true, reading: choice, own: own ?? null, version }
  return { ...said, believe: [...believe], believeInventories }
}
