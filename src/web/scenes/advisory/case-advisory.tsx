import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { AdvisoryView, DraftAdvisory } from '../../../contract/shapes/advisory.ts'
import type { CaseView } from '../../../contract/shapes/case.ts'
import { sendJson } from '../../api/request.ts'
import { usePageTitle } from '../../frame/page-title.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { casePath, caseQuery } from '../case/queries.ts'
import { NotShown } from '../nowhere/not-shown.tsx'
import { AdvisoryText } from './advisory-text.tsx'
import { AdvisoryEditor } from './editor.tsx'
import { advisoryQuery, contentOf } from './queries.ts'

/** The advisory of a case: drafted, written and released here; who may not write it reads it as it stands. */
export function CaseAdvisory() {
  const { id } = useParams({ from: '/cases/$id/advisory' })
  usePageTitle('Advisory')
  const seen = useQuery(caseQuery(id))
  const [made, setMade] = useState<string | null>(null)
  const about = seen.data?.advisory ?? made
  const advisory = useQuery({ ...advisoryQuery(about ?? ''), enabled: about !== null })
  if (seen.error && !seen.data) return <NotShown error={seen.error} not="The case is not shown." />
  if (!seen.data) return <Waiting rows={6} what="the case" />
  if (about === null) return <Begin of={seen.data} onMade={setMade} />
  if (advisory.error && !advisory.data) return <FailureNote error={advisory.error} not="The advisory is not shown." />
  if (!advisory.data) return <Waiting rows={6} what="the advisory" />
  const view = advisory.data
  const content = contentOf(view)
  const writes = content !== null && view.may.length > 0
  return (
    <div className="stack">
      <Back of={seen.data} />
      {writes ? (
        <AdvisoryEditor key={`${view.row.id} ${view.version}`} view={view} first={content} />
      ) : (
        <AdvisoryText view={view} />
      )}
    </div>
  )
}

function Back({ of }: { of: CaseView }) {
  return (
    <p className="s noprint">
      <Link to="/cases/$id" params={{ id: of.row.id }}>
        Back to the case
      </Link>
    </p>
  )
}

function Begin({ of, onMade }: { of: CaseView; onMade: (id: string) => void }) {
  const client = useQueryClient()
  const draft = useMutation({
    mutationFn: () =>
      sendJson<AdvisoryView>('POST', casePath(of.row.id, '/advisory'), {
        title: null,
        summary: '',
        language: 'en',
      } satisfies DraftAdvisory),
    onSuccess: async (view) => {
      client.setQueryData(['advisory', view.row.id], view)
      onMade(view.row.id)
      await client.invalidateQueries({ queryKey: ['case', of.row.id] })
    },
  })
  return (
    <div className="stack measure">
      <Back of={of} />
      <h1>No advisory yet</h1>
      <p>
        A draft takes titles, versions and severities from the flaws, statements that vendors let out, and credits as each
        finder wishes. Nothing of it is public before it is published.
      </p>
      <p className="i2">
        <Inert text={of.publish.says} />
      </p>
      {draft.error ? <FailureNote error={draft.error} not="No draft was made." /> : null}
      {of.coordinator.you ? (
        <p>
          <button type="button" className="btn primary" disabled={draft.isPending} onClick={() => draft.mutate()}>
            Draft it from the case
          </button>
        </p>
      ) : (
        <p className="i2">The coordinator drafts it.</p>
      )}
    </div>
  )
}
