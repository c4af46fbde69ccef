import { useState } from 'react'
import type { CaseFlawOut, CaseView } from '../../../contract/shapes/case.ts'
import { Field } from '../../parts/form/field.tsx'
import { Inert } from '../../parts/inert/inert.tsx'
import { severityWords } from '../../parts/marks/severity.ts'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { useCaseAct } from './use-case-act.ts'
import { may } from './words.ts'

const VOICES = [
  ['finder', 'Finders'],
  ['clearinghouse', 'Clearinghouse'],
  ['vendor', 'Vendors'],
] as const

/** Three voices side by side with their vectors, never a blend, and the asker's own to set. */
export function CaseSeverities({ of, flaw }: { of: CaseView; flaw: CaseFlawOut }) {
  const [open, setOpen] = useState(false)
  const [vector, setVector] = useState('')
  const act = useCaseAct(of, () => setOpen(false))
  const party = of.you[0]
  return (
    <div>
      <h3>Severity, as each says</h3>
      <div className="voices">
        {VOICES.map(([voice, title]) => {
          const said = flaw.severities.filter((one) => one.voice === voice)
          return (
            <div key={voice}>
              <h4 className="xs i3 regular">{title}</h4>
              {said.length === 0 ? <p className="s i3 unsaid">nothing yet</p> : null}
              <ul className="s">
                {said.slice(0, 4).map((one) => (
                  <li key={`${one.by} ${one.value}`}>
                    <span className={voice === 'vendor' ? 'vendorsays b' : 'b'}>
                      <Inert text={severityWords(one)} />
                    </span>{' '}
                    <span className="i3">
                      <Inert text={one.by} />
                    </span>
                    <span className="second xs i3 mono break">
                      <Inert text={one.value} />
                    </span>
                  </li>
                ))}
              </ul>
            </div>
          )
        })}
      </div>
      {may(of, 'judge-severity') && party !== undefined ? (
        <p>
          <button type="button" className="btn small" aria-expanded={open} onClick={() => setOpen(!open)}>
            Set yours
          </button>
        </p>
      ) : null}
      {open && party !== undefined ? (
        <form
          className="stack tight opens"
          onSubmit={(event) => {
            event.preventDefault()
            act.mutate({ do: 'judge-severity', party, flaw: flaw.id, vector: vector.trim() })
          }}
        >
          <Field label="CVSS vector" hint="CVSS:3.1/… or CVSS:4.0/…; the others stay as they are.">
            {(ids) => (
              <input
                {...ids}
                className="mono small"
                required
                maxLength={300}
                value={vector}
                onChange={(event) => setVector(event.target.value)}
              />
            )}
          </Field>
          <p>
            <button type="submit" className="btn small" disabled={act.isPending || vector.trim() === ''}>
              Set it
            </button>
          </p>
        </form>
      ) : null}
      {act.error ? <FailureNote error={act.error} not="Not set." /> : null}
    </div>
  )
}
