import type { JudgementOut } from '../../../contract/shapes/flaw.ts'
import { formatInstant, instant } from '../../../core/kernel/instant.ts'
import type { Selection } from '../../../core/priority/judgement.ts'
import { tableById } from '../../../core/priority/tables/registry.ts'

interface StoredJudgement {
  readonly table_id: string
  readonly outcome: string
  readonly by_voice: string
  readonly person_name: string | null
  readonly at: number
  readonly inputs: unknown
}

/** A stored judgement with the words of the table it was made with; an old table's words stay with old decisions. */
export function judgementOut(row: StoredJudgement): JudgementOut {
  const table = tableById(row.table_id)
  const inputs = row.inputs as readonly Selection[]
  return {
    table: row.table_id,
    title: table?.name ?? row.table_id,
    at: formatInstant(instant(row.at)),
    by: row.person_name ?? (row.by_voice === 'system' ? 'First cut, nobody judged yet' : row.by_voice),
    outcome: table?.outcome.values.find((value) => value.key === row.outcome)?.name ?? row.outcome,
    inputs: inputs.map((input) => {
      const point = table?.inputs.find((one) => input.point === `${one.namespace}:${one.key}:${one.version}`)
      return {
        point: point?.name ?? input.point,
        value: point?.values.find((value) => value.key === input.value)?.name ?? input.value,
        by: input.by,
        assumed: input.assumed,
      }
    }),
  }
}
