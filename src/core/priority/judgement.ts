// A judgement: what a table said, with every input, who judged it and when, and which inputs nobody has judged yet.
import type { Instant } from '../kernel/instant.ts'
import { type DecisionTable, evaluateTable, idOf, type Outcome } from './decision-table.ts'
import { tableById } from './tables/registry.ts'

/** Who stands behind a value. Finder, clearinghouse and vendor stand side by side; a feed is named. */
export type Judge = 'finder' | 'clearinghouse' | 'vendor' | `feed:${string}`

/** One answered input. `because` is a sentence for people: what it was read from, or why it was assumed. */
export interface Selection {
  /** Id of the decision point with its version, for example `ssvc:E:1.1.0`. */
  readonly point: string
  readonly value: string
  readonly by: Judge
  readonly at: Instant
  readonly assumed: boolean
  readonly because: string
}

export interface Judgement {
  /** Id of the table with its version: an old decision keeps the table it was made with. */
  readonly table: string
  readonly row: number
  readonly outcome: Outcome
  /** One per input, in the table's order. */
  readonly selections: readonly Selection[]
  readonly at: Instant
}

/** An answer before it is dated and bound to a point's version. */
export interface Answer {
  readonly value: string
  readonly by: Judge
  readonly assumed: boolean
  readonly because: string
}

/** Answers by point id or bare key. */
export type Answers = Readonly<Record<string, Answer>>

export type Judged =
  | { readonly ok: true; readonly judgement: Judgement }
  | {
      readonly ok: false
      readonly code: 'table.missing-input' | 'table.unknown-value'
      readonly point: string
      readonly say: string
    }

/** Judges by a table. Inputs without an answer take `defaults` and are marked assumed; without either, or with a value the point lacks, refused. */
export function judge(table: DecisionTable, answers: Answers, defaults: Answers, at: Instant): Judged {
  const selections: Selection[] = []
  const chosen: Record<string, string> = {}
  for (const point of table.inputs) {
    const id = idOf(point)
    const given = own(answers, id) ?? own(answers, point.key)
    const answer = given ?? own(defaults, id) ?? own(defaults, point.key)
    if (!answer) continue
    chosen[id] = answer.value
    const { value, by, because } = answer
    selections.push({ point: id, value, by, at, assumed: given === null || answer.assumed, because })
  }
  const evaluated = evaluateTable(table, chosen)
  if (!evaluated.ok) return evaluated
  return { ok: true, judgement: { table: idOf(table), row: evaluated.row, outcome: evaluated.outcome, selections, at } }
}

function own(answers: Answers, key: string): Answer | null {
  return Object.hasOwn(answers, key) ? answers[key]! : null
}

/** The ids of the inputs nobody has judged. */
export function assumedInputs(judgement: Judgement): readonly string[] {
  return judgement.selections.filter((s) => s.assumed).map((s) => s.point)
}

/** Whether a stored judgement is what its own table version says; false also where Weir does not have that version. */
export function holds(judgement: Judgement): boolean {
  const table = tableById(judgement.table)
  if (!table) return false
  const again = evaluateTable(table, Object.fromEntries(judgement.selections.map((s) => [s.point, s.value])))
  return again.ok && again.row === judgement.row && again.outcome.value === judgement.outcome.value
}
