import { useQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { useState } from 'react'
import type { CaseView } from '../../../contract/shapes/case.ts'
import { Empty } from '../../parts/notice/empty.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { count } from '../../parts/time/format.ts'
import { DraftForm } from './draft-form.tsx'
import { Letter } from './letter.tsx'
import { LetterLine } from './letters-aside.tsx'
import { lettersQuery } from './queries.ts'

/** Every letter of the case: the list at the left, the one that is read at the right. */
export function LettersPart({ of }: { of: CaseView }) {
  const { data, error } = useQuery(lettersQuery(of.row.id))
  const { hash } = useLocation()
  const [drafting, setDrafting] = useState(false)
  if (error && !data) return <FailureNote error={error} not="The letters are not shown." />
  if (!data) return <Waiting rows={8} what="letters" />
  const shown = data.rows.find(({ id }) => id === hash) ?? data.rows.find(({ state }) => state === 'draft') ?? data.rows[0]
  return (
    <div className="letterdesk">
      <section className="stack tight" aria-label="All letters">
        <div className="row between">
          <span className="s i3">
            {data.rows.length === 1 ? '1 letter' : `${count(data.rows.length)} letters`}. Weir writes drafts; a person sends
            them.
          </span>
        </div>
        <p>
          <button type="button" className="btn small" aria-expanded={drafting} onClick={() => setDrafting(!drafting)}>
            Draft a letter
          </button>
        </p>
        {drafting ? <DraftForm of={of} done={() => setDrafting(false)} /> : null}
        <ul hidden={data.rows.length === 0}>
          {data.rows.map((letter) => (
            <LetterLine key={letter.id} id={of.row.id} letter={letter} here={letter.id === shown?.id} />
          ))}
        </ul>
      </section>
      {shown ? (
        <Letter key={`${shown.id} ${shown.version}`} of={of} letter={shown} />
      ) : (
        <Empty fact="No letter was written in this case yet.">Drafts appear as the case goes on, or draft one.</Empty>
      )}
    </div>
  )
}
