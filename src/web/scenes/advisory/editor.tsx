import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { AdvisoryView, EditAdvisory } from '../../../contract/shapes/advisory.ts'
import type { AdvisoryContent } from '../../../core/advisories/content.ts'
import { isSameContent } from '../../../core/advisories/same-content.ts'
import { contentProblem } from '../../../core/advisories/written.ts'
import { sendJson } from '../../api/request.ts'
import { Field } from '../../parts/form/field.tsx'
import { Inert } from '../../parts/inert/inert.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { FlawEditor } from './flaw-editor.tsx'
import { Preview } from './preview.tsx'
import { advisoryPath } from './queries.ts'
import { Release } from './release.tsx'
import { WholeContent } from './whole-content.tsx'
import { STATE } from './words.ts'

/** The editor: what is said at the left, what would go out at the right, and the release below. */
export function AdvisoryEditor({ view, first }: { view: AdvisoryView; first: AdvisoryContent }) {
  const client = useQueryClient()
  const [content, setContent] = useState(first)
  const problem = contentProblem(content)
  const changed = !isSameContent(content, first)
  const save = useMutation({
    mutationFn: () => {
      const edited: EditAdvisory = { version: view.version, content: { ...content } }
      return sendJson<AdvisoryView>('PUT', advisoryPath(view.row.id), edited)
    },
    onSuccess: (next) => client.setQueryData(['advisory', view.row.id], next),
  })
  const isDraft = view.may.includes('edit')
  return (
    <div className="stack wide">
      <header>
        <h1>Advisory</h1>
        <p className="i2">
          {STATE[view.row.state]}
          {view.row.revision > 0 ? `, revision ${view.row.revision}` : ', not out'}.{' '}
          <span className="mono xs">{view.row.id}</span>
        </p>
      </header>
      <div className="advisorycols">
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault()
            if (problem === null) save.mutate()
          }}
        >
          <h2>What it says</h2>
          <Field label="Title">
            {(ids) => (
              <input
                {...ids}
                value={content.title}
                maxLength={300}
                onChange={(event) => setContent({ ...content, title: event.target.value })}
              />
            )}
          </Field>
          <Field label="Summary" hint="Impact first: what can happen, to whom, and what to do.">
            {(ids) => (
              <textarea
                {...ids}
                rows={5}
                maxLength={20_000}
                value={content.summary}
                onChange={(event) => setContent({ ...content, summary: event.target.value })}
              />
            )}
          </Field>
          {content.flaws.map((flaw, n) => (
            <FlawEditor
              key={flaw.id}
              flaw={flaw}
              number={content.flaws.length > 1 ? n + 1 : null}
              set={(next) => setContent({ ...content, flaws: content.flaws.map((one, m) => (m === n ? next : one)) })}
            />
          ))}
          <WholeContent content={content} set={setContent} />
          {problem ? (
            <p className="s alarm" role="status">
              <Inert text={problem} />
            </p>
          ) : null}
          {save.error ? <FailureNote error={save.error} not="Not kept." safe="What you wrote is still here." /> : null}
          {isDraft ? (
            <p className="row wrap">
              <button type="submit" className="btn" disabled={!changed || problem !== null || save.isPending}>
                Keep the draft
              </button>
              <span className="s i2">{changed ? 'Changed since it was kept.' : 'Kept; the preview shows this.'}</span>
            </p>
          ) : null}
        </form>
        <Preview view={view} stale={changed} />
      </div>
      <Release view={view} content={content} changed={changed} />
    </div>
  )
}
