import { useState } from 'react'
import type { ProjectOut } from '../../../contract/shapes/project.ts'
import { Field } from '../../parts/form/field.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { fingerprintsIn } from './read-terms.ts'
import { useProjectAct } from './use-project-act.ts'

/** The PGP key itself, of which the terms name the fingerprint: letters can be encrypted to it from then on. */
export function PutKey({ project }: { project: ProjectOut }) {
  const prints = fingerprintsIn(project.terms)
  const [armoured, setArmoured] = useState('')
  const [print, setPrint] = useState<string | null>(null)
  const act = useProjectAct(project, () => setArmoured(''))
  const [first] = prints
  if (!project.may.includes('put-key') || first === undefined) return null
  return (
    <details className="fold">
      <summary>The PGP key itself</summary>
      <form
        className="stack tight"
        onSubmit={(event) => {
          event.preventDefault()
          act.mutate({ do: 'put-key', armoured, fingerprint: print ?? first })
        }}
      >
        {prints.length > 1 ? (
          <Field label="Of the fingerprint">
            {(ids) => (
              <select {...ids} className="mono" value={print ?? first} onChange={(event) => setPrint(event.target.value)}>
                {prints.map((one) => (
                  <option key={one}>{one}</option>
                ))}
              </select>
            )}
          </Field>
        ) : null}
        <Field
          label="Public PGP key, armoured"
          hint="The terms name its fingerprint only; a key that is another one is refused."
        >
          {(ids) => (
            <textarea
              {...ids}
              className="mono"
              rows={4}
              maxLength={100_000}
              spellCheck={false}
              required
              value={armoured}
              onChange={(event) => setArmoured(event.target.value)}
            />
          )}
        </Field>
        {act.error ? <FailureNote error={act.error} not="Not kept." /> : null}
        {act.isSuccess ? (
          <p className="s" role="status">
            Kept. Letters are encrypted to it.
          </p>
        ) : null}
        <p>
          <button type="submit" className="btn small" disabled={act.isPending || armoured.trim() === ''}>
            Keep this key
          </button>
        </p>
      </form>
    </details>
  )
}
