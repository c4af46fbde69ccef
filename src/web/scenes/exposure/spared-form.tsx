import { useState } from 'react'
import type { ActAction, ActionOut } from '../../../contract/shapes/exposure.ts'
import { Field } from '../../parts/form/field.tsx'
import { Inert } from '../../parts/inert/inert.tsx'
import { count } from '../../parts/time/format.ts'
import { ActFailure } from './act-failure.tsx'
import { AssetChoice } from './asset-choice.tsx'
import { useActionAct } from './use-action-act.ts'
import { JUSTIFIED } from './words.ts'

type Justification = Extract<ActAction, { do: 'not-affected' }>['justification']

/** Says by hand that flaws do not affect assets, with one of the five reasons of VEX and in words; it can be taken back. */
export function SparedForm({ action, done }: { action: ActionOut; done: () => void }) {
  const left = action.assets.filter((one) => !one.done)
  const several = action.flaws.length > 1
  const [flaws, setFlaws] = useState<ReadonlySet<string>>(() => new Set(several ? [] : action.flaws.map(({ id }) => id)))
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(left.map(({ inventory }) => inventory)))
  const [justification, setJustification] = useState<Justification | null>(null)
  const [says, setSays] = useState('')
  const act = useActionAct(action, done)
  const ready = flaws.size > 0 && chosen.size > 0 && justification !== null && says.trim() !== ''
  return (
    <form
      className="stack measure"
      aria-label="Say that it is not affected"
      onSubmit={(event) => {
        event.preventDefault()
        if (justification !== null)
          act.mutate({ do: 'not-affected', assets: [...chosen], flaws: [...flaws], justification, says: says.trim() })
      }}
    >
      <p className="s i2">
        Say this only of what somebody looked into. It leaves the list, is counted as held not affected, stands in the report
        with your words, and can be opened again with the date it had. Another version is not spared by it.
      </p>
      {several ? (
        <fieldset className="stack tight">
          <legend>Which flaws</legend>
          {action.flaws.map(({ id }) => (
            <label key={id} className="choice">
              <input type="checkbox" checked={flaws.has(id)} onChange={() => setFlaws(toggled(flaws, id))} />
              <span className="mono">
                <Inert text={id} />
              </span>
            </label>
          ))}
        </fieldset>
      ) : null}
      <fieldset className="stack tight">
        <legend>Why it is not affected</legend>
        {(Object.keys(JUSTIFIED) as Justification[]).map((one) => (
          <label key={one} className="choice">
            <input
              type="radio"
              name={`why-${action.id}`}
              value={one}
              checked={justification === one}
              onChange={() => setJustification(one)}
            />
            <span>{JUSTIFIED[one]}</span>
          </label>
        ))}
      </fieldset>
      <AssetChoice assets={left} chosen={chosen} onChange={setChosen} />
      <Field label="In words" hint="What was looked at, and by whom. Somebody who checks the report reads this.">
        {(ids) => (
          <textarea
            {...ids}
            rows={3}
            maxLength={2000}
            required
            value={says}
            onChange={(event) => setSays(event.target.value)}
          />
        )}
      </Field>
      <ActFailure error={act.error} not="Not kept." safe="What you wrote is still here." />
      <p>
        <button type="submit" className="btn" disabled={act.isPending || !ready}>
          Not affected on {count(chosen.size)} {chosen.size === 1 ? 'asset' : 'assets'}
        </button>
      </p>
    </form>
  )
}

function toggled(of: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(of)
  if (!next.delete(id)) next.add(id)
  return next
}
