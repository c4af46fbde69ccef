import { useState } from 'react'
import type { FlawPage } from '../../../contract/shapes/flaw.ts'
import { ASSUMPTIONS } from '../../../core/priority/assumptions.ts'
import { type DecisionTable, evaluateTable, idOf } from '../../../core/priority/decision-table.ts'
import { tableById } from '../../../core/priority/tables/registry.ts'
import { Field } from '../../parts/form/field.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { useJudge } from './acts.ts'

/** Judging by a table: each input left open stays assumed and says why; the outcome is shown before it is recorded. */
export function JudgeForm({ page, table: id, onClose }: { page: FlawPage; table: string; onClose: () => void }) {
  const table = tableById(id)
  const [chosen, setChosen] = useState<Record<string, string>>(() => (table ? judgedBefore(page, table) : {}))
  const judge = useJudge(page.row)
  if (!table) return null
  const selections = Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== ''))
  const assumed = Object.fromEntries(
    table.inputs.flatMap((point) => (ASSUMPTIONS[point.key] ? [[idOf(point), ASSUMPTIONS[point.key]!.value]] : [])),
  )
  const evaluated = evaluateTable(table, { ...assumed, ...selections })
  return (
    <form
      className="judgeform stack opens"
      onSubmit={(event) => {
        event.preventDefault()
        judge.mutate({ table: id, selections }, { onSuccess: onClose })
      }}
    >
      <h3>{table.name}</h3>
      <div className="grid2">
        {table.inputs.map((point) => {
          const key = idOf(point)
          const fallback = ASSUMPTIONS[point.key]
          const named = point.values.find((value) => value.key === fallback?.value)?.name
          return (
            <Field key={key} label={point.name} hint={chosen[key] ? null : (fallback?.because ?? null)}>
              {(ids) => (
                <select
                  {...ids}
                  value={chosen[key] ?? ''}
                  onChange={(event) => setChosen({ ...chosen, [key]: event.target.value })}
                >
                  <option value="">{named ? `Not judged, assume ${named.toLowerCase()}` : 'Not judged'}</option>
                  {point.values.map((value) => (
                    <option key={value.key} value={value.key}>
                      {value.name}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          )
        })}
      </div>
      <p className="s" role="status">
        {evaluated.ok ? (
          <>
            The table says <b>{evaluated.outcome.name}</b> (row {evaluated.row}). Source:{' '}
            <span className="i2">{table.source}</span>
          </>
        ) : (
          evaluated.say
        )}
      </p>
      {judge.error ? <FailureNote error={judge.error} not="Not recorded." safe="The earlier judgement stands." /> : null}
      <div className="row wrap">
        <button type="submit" className="btn" disabled={judge.isPending || !evaluated.ok}>
          Record the judgement
        </button>
        <button type="button" className="btn plain" onClick={onClose}>
          Leave it
        </button>
        <span className="xs i3">Your name and the time stand beside it. Earlier judgements are kept.</span>
      </div>
    </form>
  )
}

/** What a person judged before stays chosen; what was assumed is open again. Words are those of the same table version. */
function judgedBefore(page: FlawPage, table: DecisionTable): Record<string, string> {
  const before = page.judgements
    .filter((judgement) => judgement.table === idOf(table))
    .sort((a, b) => (a.at < b.at ? 1 : -1))[0]
  const judged = (before?.inputs ?? []).filter((input) => !input.assumed)
  return Object.fromEntries(
    judged.flatMap((input) => {
      const point = table.inputs.find((one) => one.name === input.point || idOf(one) === input.point || one.key === input.point)
      const value = point?.values.find((one) => one.name === input.value || one.key === input.value)
      return point && value ? [[idOf(point), value.key]] : []
    }),
  )
}
