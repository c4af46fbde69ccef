import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ActionOut } from '../../../contract/shapes/exposure.ts'
import { Field } from '../../parts/form/field.tsx'
import { RadioChoice } from '../../parts/form/radio-choice.tsx'
import { count } from '../../parts/time/format.ts'
import { ActFailure } from './act-failure.tsx'
import { AssetChoice } from './asset-choice.tsx'
import { offerTakeBack } from './take-back.ts'
import { useActionAct } from './use-action-act.ts'

const HOW = [
  ['remediate', 'Updated, removed or replaced'],
  ['mitigate', 'Protected in another way'],
] as const

/** What was done on which assets, with evidence. Both satisfy a rule; both can be opened again. */
export function DoneForm({ action, done }: { action: ActionOut; done: () => void }) {
  const left = action.assets.filter((one) => !one.done)
  const [how, setHow] = useState<'remediate' | 'mitigate'>(action.do === 'mitigate' ? 'mitigate' : 'remediate')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(left.map(({ inventory }) => inventory)))
  const [evidence, setEvidence] = useState('')
  const client = useQueryClient()
  const act = useActionAct(action, (answer) => {
    done()
    const on = `${count(chosen.size)} ${chosen.size === 1 ? 'asset' : 'assets'}`
    offerTakeBack(client, answer, `Kept: done on ${on}.`, [...chosen])
  })
  return (
    <form
      className="stack measure"
      aria-label="Say what was done"
      onSubmit={(event) => {
        event.preventDefault()
        act.mutate({ do: how, assets: [...chosen], evidence: evidence.trim() })
      }}
    >
      <RadioChoice legend="What was done" name={`how-${action.id}`} value={how} options={HOW} onChange={setHow} />
      <AssetChoice assets={left} chosen={chosen} onChange={setChosen} />
      <Field
        label="How one can tell"
        hint="For example a work order, a change number, the version that runs now. It stands in the report of the rule."
      >
        {(ids) => (
          <textarea
            {...ids}
            rows={3}
            maxLength={2000}
            required
            value={evidence}
            onChange={(event) => setEvidence(event.target.value)}
          />
        )}
      </Field>
      <ActFailure error={act.error} not="Not kept." safe="What you wrote is still here." />
      <p className="row wrap">
        <button type="submit" className="btn" disabled={act.isPending || chosen.size === 0 || evidence.trim() === ''}>
          Done on {count(chosen.size)} {chosen.size === 1 ? 'asset' : 'assets'}
        </button>
        <span className="xs i3">It leaves the list, stays in the report, and can be opened again.</span>
      </p>
    </form>
  )
}
