import { useState } from 'react'
import type { DocketAct } from '../../../contract/shapes/docket.ts'
import { VETTING_LIST } from '../../../core/docket/vetting.ts'
import { Field } from '../../parts/form/field.tsx'

/** A partner's name and its answers to the vetting list in force; lines left empty stay open and are shown so. */
export function ProposePartner({ busy, send }: { busy: boolean; send: (act: DocketAct) => void }) {
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const [answers, setAnswers] = useState<Readonly<Record<string, string>>>({})
  return (
    <section className="stack tight">
      <p>
        <button type="button" className="btn" aria-expanded={open} onClick={() => setOpen(!open)}>
          Propose a partner
        </button>
      </p>
      {open ? (
        <form
          className="stack opens measure"
          onSubmit={(event) => {
            event.preventDefault()
            const given = Object.fromEntries(Object.entries(answers).filter(([, answer]) => answer.trim() !== ''))
            send({ do: 'propose-partner', name: name.trim(), answers: given })
          }}
        >
          <Field label="Organisation">
            {(ids) => (
              <input {...ids} required maxLength={200} value={name} onChange={(event) => setName(event.target.value)} />
            )}
          </Field>
          {VETTING_LIST.lines.map((line) => (
            <Field key={line.id} label={line.asks}>
              {(ids) => (
                <textarea
                  {...ids}
                  rows={2}
                  maxLength={4000}
                  value={answers[line.id] ?? ''}
                  onChange={(event) => setAnswers({ ...answers, [line.id]: event.target.value })}
                />
              )}
            </Field>
          ))}
          <p className="row wrap">
            <button type="submit" className="btn" disabled={busy || name.trim() === ''}>
              Propose it
            </button>
            <span className="s i2">By {VETTING_LIST.id}. Proposing is your side’s signature on nothing: both still sign.</span>
          </p>
        </form>
      ) : null}
    </section>
  )
}
