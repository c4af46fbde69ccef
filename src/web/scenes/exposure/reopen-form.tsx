import { useState } from 'react'
import type { ActionOut } from '../../../contract/shapes/exposure.ts'
import { Field } from '../../parts/form/field.tsx'
import { count } from '../../parts/time/format.ts'
import { ActFailure } from './act-failure.tsx'
import { AssetChoice } from './asset-choice.tsx'
import { useActionAct } from './use-action-act.ts'

/** Takes back that something is done, on all assets or on some, or that it is put off: it is open again with the date it had. */
export function ReopenForm({ action, done }: { action: ActionOut; done: () => void }) {
  const back = action.standing === 'deferred' ? [] : action.assets.filter((one) => one.done || one.held)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(back.map(({ inventory }) => inventory)))
  const [reason, setReason] = useState('')
  const act = useActionAct(action, done)
  const named = back.flatMap(({ inventory }) => (chosen.has(inventory) ? [inventory] : []))
  const asks = back.length > 1
  return (
    <form
      className="stack measure"
      aria-label="Open it again"
      onSubmit={(event) => {
        event.preventDefault()
        const some = asks && named.length < back.length
        act.mutate({ do: 'reopen', reason: reason.trim(), ...(some ? { assets: named } : {}) })
      }}
    >
      {asks ? <AssetChoice assets={back} chosen={chosen} onChange={setChosen} /> : null}
      <Field label="Why" hint="It is open again at once, with the date it had. What was said before stays in the report.">
        {(ids) => (
          <textarea
            {...ids}
            rows={2}
            maxLength={2000}
            required
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      <ActFailure error={act.error} not="Not opened again." safe="What you wrote is still here." />
      <p>
        <button type="submit" className="btn" disabled={act.isPending || reason.trim() === '' || (asks && named.length === 0)}>
          {asks ? `Open it again on ${count(named.length)} ${named.length === 1 ? 'asset' : 'assets'}` : 'Open it again'}
        </button>
      </p>
    </form>
  )
}
