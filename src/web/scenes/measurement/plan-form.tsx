import { useState } from 'react'
import type { DocketView } from '../../../contract/shapes/docket.ts'
import { samplePlan } from '../../../core/evaluation/plan/sample-plan.ts'
import { Field } from '../../parts/form/field.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { useAct } from '../docket/use-act.ts'

const samplePlanText = () => JSON.stringify(samplePlan(), null, 2)

/** Lays down the rule by which the measurement will be judged, before its results can be seen. */
export function PlanForm({ docket }: { docket: DocketView }) {
  const [open, setOpen] = useState(false)
  const [plan, setPlan] = useState('')
  const [why, setWhy] = useState('')
  const act = useAct(docket, () => setOpen(false))
  const again = docket.plans.length > 0
  return (
    <section className="stack tight">
      <p>
        <button type="button" className="btn" aria-expanded={open} onClick={() => setOpen(!open)}>
          {again ? 'Lay another plan' : 'Lay the plan'}
        </button>
      </p>
      {open ? (
        <form
          className="stack tight measure opens"
          onSubmit={(event) => {
            event.preventDefault()
            act.mutate({ do: 'lay-plan', plan, why: why.trim() || null })
          }}
        >
          <p className="row wrap">
            <button type="button" className="btn small" onClick={() => setPlan(samplePlanText())}>
              Begin with the sample suite’s plan
            </button>
            <span className="s i2">Its threshold is published; change what you like before you seal it.</span>
          </p>
          <Field label="Plan" hint="JSON in the format weir-plan-1; sealed in B, only its digest is shown to both sides.">
            {(ids) => (
              <textarea
                {...ids}
                className="mono"
                rows={12}
                required
                maxLength={100_000}
                spellCheck={false}
                value={plan}
                onChange={(event) => setPlan(event.target.value)}
              />
            )}
          </Field>
          {again ? (
            <Field label="Why another one" hint="Kept with it, for both sides.">
              {(ids) => (
                <textarea
                  {...ids}
                  rows={2}
                  required
                  maxLength={4000}
                  value={why}
                  onChange={(event) => setWhy(event.target.value)}
                />
              )}
            </Field>
          ) : null}
          {act.error ? <FailureNote error={act.error} not="Not laid." safe="Your text is still here." /> : null}
          <p>
            <button type="submit" className="btn" disabled={act.isPending || plan.trim() === ''}>
              Seal the plan
            </button>
          </p>
        </form>
      ) : null}
    </section>
  )
}
