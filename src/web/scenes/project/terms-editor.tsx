import { useId, useState } from 'react'
import type { ProjectOut } from '../../../contract/shapes/project.ts'
import type { ProjectTerms } from '../../../core/cases/terms/project-terms.ts'
import { Field } from '../../parts/form/field.tsx'
import { Inert } from '../../parts/inert/inert.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { FromFile } from './from-file.tsx'
import { jsonOf, termsIn } from './read-terms.ts'
import { TermsContact } from './terms-contact.tsx'
import { TermsLimits } from './terms-limits.tsx'
import { TermsPace } from './terms-pace.tsx'
import { useProjectAct } from './use-project-act.ts'

export interface TermsPartProps {
  readonly terms: ProjectTerms
  readonly set: (terms: ProjectTerms) => void
}

/** The terms as a form with the file beside it; either can be written, and the other follows. */
export function TermsEditor({ project, done }: { project: ProjectOut; done: () => void }) {
  const first = termsIn(jsonOf(project.terms))
  const [text, setText] = useState(jsonOf(first.ok ? first.terms : project.terms))
  const [terms, setTerms] = useState<ProjectTerms | null>(first.ok ? first.terms : null)
  const [source, setSource] = useState(project.yours ? 'Set by the maintainer' : '')
  const act = useProjectAct(project, done)
  const [reading, setReading] = useState(false)
  const id = useId()
  const read = termsIn(text)
  const write = (next: string) => {
    setText(next)
    const found = termsIn(next)
    if (found.ok) setTerms(found.terms)
  }
  const set = (next: ProjectTerms) => {
    setTerms(next)
    setText(jsonOf(next))
  }
  return (
    <form
      className="stack wide opens"
      onSubmit={(event) => {
        event.preventDefault()
        if (read.ok) act.mutate({ do: 'set-terms', terms: { ...read.terms }, source: source.trim() })
      }}
    >
      <div>
        <button type="button" className="btn small" aria-expanded={reading} onClick={() => setReading(!reading)}>
          Read them from a file
        </button>
        {reading ? (
          <FromFile
            text={text}
            take={(next, file) => {
              write(next)
              setSource(file)
              setReading(false)
            }}
          />
        ) : null}
      </div>
      <div className="termscols">
        {terms ? (
          <div className="stack wide">
            <TermsContact terms={terms} set={set} />
            <TermsLimits terms={terms} set={set} />
            <TermsPace terms={terms} set={set} />
          </div>
        ) : (
          <p className="i2">The form follows as soon as the file can be read.</p>
        )}
        <div className="stack tight termsfile">
          <label className="label" htmlFor={id}>
            The file
          </label>
          <textarea
            id={id}
            className="mono"
            rows={24}
            spellCheck={false}
            value={text}
            maxLength={100_000}
            aria-invalid={!read.ok}
            onChange={(event) => write(event.target.value)}
          />
          {read.ok ? (
            <p className="xs i3">It fits the published form of version 1.0.0.</p>
          ) : (
            <ul className="s wrongs">
              {read.problems.slice(0, 10).map((one) => (
                <li key={`${one.at} ${one.says}`} className="alarm">
                  <code className="break">{one.at || 'The file'}</code> <Inert text={one.says} />
                </li>
              ))}
            </ul>
          )}
        </div>
      </div>
      <Field label="Where they come from" hint="Shown with the terms.">
        {(ids) => (
          <input {...ids} value={source} maxLength={500} required onChange={(event) => setSource(event.target.value)} />
        )}
      </Field>
      {act.error ? <FailureNote error={act.error} not="Not set." safe="What you wrote is still here." /> : null}
      <p className="row wrap">
        <button type="submit" className="btn" disabled={act.isPending || !read.ok}>
          Set the terms
        </button>
        <span className="s i2">In force at once; a new contact, route or key waits 72 hours, and the old contact is told.</span>
      </p>
    </form>
  )
}
