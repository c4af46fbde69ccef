import { useState } from 'react'
import type { CaseView } from '../../../contract/shapes/case.ts'
import { Field } from '../../parts/form/field.tsx'
import { visibleText } from '../../parts/inert/visible-text.ts'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { useCaseAct } from './use-case-act.ts'
import { may } from './words.ts'

/** Taking a flaw in, merging another case into this one, and splitting flaws off; nobody gains a read by any of them. */
export function KinForms({ of }: { of: CaseView }) {
  return (
    <>
      {may(of, 'add-flaw') ? <AddFlaw of={of} /> : null}
      {may(of, 'merge') ? <Merge of={of} /> : null}
      {may(of, 'split') && of.flaws.length > 1 ? <Split of={of} /> : null}
    </>
  )
}

function AddFlaw({ of }: { of: CaseView }) {
  const [flaw, setFlaw] = useState('')
  const act = useCaseAct(of, () => setFlaw(''))
  return (
    <form
      className="stack tight measure"
      onSubmit={(event) => {
        event.preventDefault()
        act.mutate({ do: 'add-flaw', flaw: flaw.trim() })
      }}
    >
      <h2>Take a flaw in</h2>
      <Field label="Flaw" hint="Its id: flw_… One that is in another open case is refused.">
        {(ids) => (
          <input
            {...ids}
            className="mono"
            required
            maxLength={40}
            value={flaw}
            onChange={(event) => setFlaw(event.target.value)}
          />
        )}
      </Field>
      <p className="row wrap">
        <button type="submit" className="btn" disabled={act.isPending || flaw.trim() === ''}>
          Take it in
        </button>
        <span className="s i2">Parties that are in read it only when they accept being widened to it.</span>
      </p>
      {act.error ? <FailureNote error={act.error} not="Not taken in." /> : null}
    </form>
  )
}

function Merge({ of }: { of: CaseView }) {
  const [from, setFrom] = useState('')
  const act = useCaseAct(of, () => setFrom(''))
  return (
    <form
      className="stack tight measure"
      onSubmit={(event) => {
        event.preventDefault()
        act.mutate({ do: 'merge', from: from.trim() })
      }}
    >
      <h2>Merge another case into this one</h2>
      <Field label="The other case, which ends in this one" hint="Its id: cas_…">
        {(ids) => (
          <input
            {...ids}
            className="mono"
            required
            maxLength={40}
            value={from}
            onChange={(event) => setFrom(event.target.value)}
          />
        )}
      </Field>
      <ul className="s dots">
        <li>Its flaws stand here; its parties keep what they read and gain nothing</li>
        <li>The earliest accepted end of both holds, until all agree to another</li>
        <li>The other case closes. It cannot be undone; flaws can be split off again</li>
      </ul>
      <p>
        <button type="submit" className="btn" disabled={act.isPending || !/^cas_\w{1,36}$/.test(from.trim())}>
          Merge it
        </button>
      </p>
      {act.error ? <FailureNote error={act.error} not="Not merged." safe="Both cases are as they were." /> : null}
    </form>
  )
}

function Split({ of }: { of: CaseView }) {
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [why, setWhy] = useState('')
  const act = useCaseAct(of, () => setChosen([]))
  const all = chosen.length === of.flaws.length
  return (
    <form
      className="stack tight measure"
      onSubmit={(event) => {
        event.preventDefault()
        act.mutate({ do: 'split', flaws: [...chosen], why: why.trim() })
      }}
    >
      <h2>Split flaws off</h2>
      <fieldset className="stack tight">
        <legend>Flaws that get a case of their own</legend>
        {of.flaws.map((one) => (
          <label key={one.id} className="choice">
            <input
              type="checkbox"
              checked={chosen.includes(one.id)}
              onChange={(event) => setChosen(event.target.checked ? [...chosen, one.id] : chosen.filter((id) => id !== one.id))}
            />
            {visibleText(one.title, 100)}
          </label>
        ))}
      </fieldset>
      <Field label="Why">
        {(ids) => <input {...ids} required maxLength={500} value={why} onChange={(event) => setWhy(event.target.value)} />}
      </Field>
      <p className="row wrap">
        <button type="submit" className="btn" disabled={act.isPending || chosen.length === 0 || all || why.trim() === ''}>
          Split them off
        </button>
        <span className="s i2">
          {all
            ? 'A split must leave a flaw here.'
            : 'The new case inherits parties and embargo. It cannot be undone; the two can be merged.'}
        </span>
      </p>
      {act.error ? <FailureNote error={act.error} not="Not split." safe="The case is as it was." /> : null}
    </form>
  )
}
