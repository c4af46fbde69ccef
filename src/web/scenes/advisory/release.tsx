import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ActAdvisory, AdvisoryAct, AdvisoryView } from '../../../contract/shapes/advisory.ts'
import type { AdvisoryContent } from '../../../core/advisories/content.ts'
import { sendJson } from '../../api/request.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { fullInstant } from '../../parts/time/format.ts'
import { PublishForm } from './publish-form.tsx'
import { advisoryPath } from './queries.ts'
import { ReasonForm } from './reason-form.tsx'

type Open = 'publish' | 'correct' | 'withdraw' | null
interface ReleaseProps {
  readonly view: AdvisoryView
  readonly content: AdvisoryContent
  readonly changed: boolean
}

/** What can be done to the advisory now; each says first what follows. */
export function Release({ view, content, changed }: ReleaseProps) {
  const client = useQueryClient()
  const [open, setOpen] = useState<Open>(null)
  const act = useMutation({
    mutationFn: (what: AdvisoryAct) =>
      sendJson<AdvisoryView>('POST', advisoryPath(view.row.id, '/acts'), {
        version: view.version,
        act: what,
      } satisfies ActAdvisory),
    onSuccess: async (next) => {
      setOpen(null)
      client.setQueryData(['advisory', view.row.id], next)
      await client.invalidateQueries({ queryKey: ['advisories'] })
    },
  })
  const may = (what: AdvisoryView['may'][number]) => view.may.includes(what)
  const toggle = (what: Open) => setOpen(open === what ? null : what)
  const { publish, row } = view
  return (
    <section className="panel stack tight">
      <h2>Release</h2>
      {publish ? (
        <p>
          <Inert text={publish.says} />
        </p>
      ) : null}
      {row.releaseAt && row.revision === 0 ? (
        <p>
          Goes out by itself on <b>{fullInstant(Date.parse(row.releaseAt))}</b>.
        </p>
      ) : null}
      {changed && may('edit') ? <p className="s soon">Keep the draft first: what goes out is what was kept.</p> : null}
      <p className="row wrap">
        {may('ready') ? (
          <button type="button" className="btn" disabled={act.isPending || changed} onClick={() => act.mutate({ do: 'ready' })}>
            It is ready
          </button>
        ) : null}
        {may('publish') ? (
          <button
            type="button"
            className="btn"
            aria-expanded={open === 'publish'}
            disabled={changed}
            onClick={() => toggle('publish')}
          >
            Publish
          </button>
        ) : null}
        {may('hold') ? (
          <button type="button" className="btn" disabled={act.isPending} onClick={() => act.mutate({ do: 'hold' })}>
            Stop the planned release
          </button>
        ) : null}
        {may('correct') ? (
          <button type="button" className="btn" aria-expanded={open === 'correct'} onClick={() => toggle('correct')}>
            Correct it
          </button>
        ) : null}
        {may('withdraw') ? (
          <button type="button" className="btn" aria-expanded={open === 'withdraw'} onClick={() => toggle('withdraw')}>
            Withdraw it
          </button>
        ) : null}
      </p>
      {open === 'publish' ? <PublishForm view={view} busy={act.isPending} send={act.mutate} /> : null}
      {open === 'correct' ? (
        <ReasonForm
          says="A revision with what you changed above goes out at once, with this reason. The earlier one stays in the ledger."
          label="What was corrected"
          button="Publish the correction"
          busy={act.isPending || !changed}
          send={(what) => act.mutate({ do: 'correct', content: { ...content }, what })}
        />
      ) : null}
      {open === 'withdraw' ? (
        <ReasonForm
          says="It stays listed as withdrawn, with this reason, and cannot be published again."
          label="Why it is withdrawn"
          button="Withdraw the advisory"
          tick="Reject its CVE ids too"
          busy={act.isPending}
          send={(reason, rejectsCves) => act.mutate({ do: 'withdraw', reason, rejectsCves })}
        />
      ) : null}
      {act.error ? <FailureNote error={act.error} not="Not done." safe="Nothing went out." /> : null}
    </section>
  )
}
