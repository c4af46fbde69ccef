import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ActionOut } from '../../../contract/shapes/exposure.ts'
import { Field } from '../../parts/form/field.tsx'
import { fullInstant } from '../../parts/time/format.ts'
import { ActFailure } from './act-failure.tsx'
import { offerTakeBack } from './take-back.ts'
import { useActionAct } from './use-action-act.ts'
import { dayFrom, endOfDay } from './words.ts'

/** A deferral may last so many days. */
const MOST_DAYS = 366

/** Puts an action off, with a reason and an end; says first what that does. */
export function DeferForm({ action, now, done }: { action: ActionOut; now: number | null; done: () => void }) {
  const [reason, setReason] = useState('')
  const [on, setOn] = useState('')
  const client = useQueryClient()
  const act = useActionAct(action, (answer) => {
    done()
    offerTakeBack(client, answer, 'Deferred.')
  })
  const until = endOfDay(on)
  return (
    <form
      className="stack measure"
      aria-label="Defer it"
      onSubmit={(event) => {
        event.preventDefault()
        if (until !== null) act.mutate({ do: 'defer', reason: reason.trim(), until })
      }}
    >
      <p className="s i2">
        The date does not move: it stays, the report says that you put it off, and why. When the deferral ends, or attacks
        become known meanwhile, it stands in this list again with its old date.
      </p>
      <Field label="Why" hint="Somebody who checks the report reads this.">
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
      <Field label="Until" hint={until === null ? 'At most 366 days from today.' : `To ${fullInstant(Date.parse(until))}.`}>
        {(ids) => (
          <input
            {...ids}
            type="date"
            required
            value={on}
            {...(now === null ? {} : { min: dayFrom(now, 1), max: dayFrom(now, MOST_DAYS - 1) })}
            onChange={(event) => setOn(event.target.value)}
          />
        )}
      </Field>
      <ActFailure error={act.error} not="Not deferred." safe="What you wrote is still here." />
      <p>
        <button type="submit" className="btn" disabled={act.isPending || until === null || reason.trim() === ''}>
          Defer it
        </button>
      </p>
    </form>
  )
}
