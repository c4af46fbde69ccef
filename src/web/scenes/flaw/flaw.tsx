import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { FlawPage } from '../../../contract/shapes/flaw.ts'
import { flawQuery } from '../../api/queries.ts'
import { usePageTitle } from '../../frame/page-title.ts'
import { shortTitle } from '../../parts/inert/short-title.ts'
import { Title } from '../../parts/inert/title.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { ThreadPart } from '../../parts/thread/thread.tsx'
import { OpenCase } from '../case/open-case.tsx'
import { NotShown } from '../nowhere/not-shown.tsx'
import { flawProofQuery } from '../proof/queries.ts'
import { Comparison } from './comparison.tsx'
import { Facts } from './facts.tsx'
import { FullReports } from './full-reports.tsx'
import { History } from './history.tsx'
import { Judgements } from './judgements.tsx'
import { ProofAside, ProofPart } from './proof.tsx'
import { Question } from './question.tsx'
import { Severities } from './severities.tsx'
import { Split } from './split.tsx'
import { WhyGrouped } from './why-grouped.tsx'

/** A flaw: its findings side by side, why they were put together, and the one question that is open. */
export function Flaw() {
  const { id } = useParams({ from: '/flaws/$id' })
  const page = useQuery(flawQuery(id))
  // Waited for as well: it stands above much of the page, which would move when it came. One that fails holds nothing up.
  const proof = useQuery(flawProofQuery(id))
  usePageTitle(page.data ? shortTitle(page.data.row.title) : 'Flaw')
  if (page.data && (proof.data || proof.failureCount > 0)) return <Shown key={id} page={page.data} />
  if (page.error) return <NotShown error={page.error} not="The flaw is not shown." />
  return <Waiting rows={12} what="the flaw" />
}

function Shown({ page }: { page: FlawPage }) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const asked = page.suggestions.find((suggestion) => suggestion.state === 'open') ?? null
  const other = useQuery({ ...flawQuery(asked?.other.id ?? ''), enabled: asked !== null })
  const { row } = page
  return (
    <div className="flaw">
      <div className="flawmain">
        <h1>
          <Title text={row.title} />
        </h1>
        <Facts row={row} />
        {page.mergedInto ? (
          <p className="note">
            Merged into{' '}
            <Link to="/flaws/$id" params={{ id: page.mergedInto }} className="mono">
              {page.mergedInto}
            </Link>
            . Its findings stand there.
          </p>
        ) : null}
        <Comparison
          page={page}
          asks={asked !== null && !other.error}
          asked={asked ? (other.data?.findings[0] ?? null) : null}
          selected={selected}
          onSelect={setSelected}
        />
        <div className="two">
          <WhyGrouped findings={page.findings} suggestions={page.suggestions} />
          <Severities findings={page.findings} />
        </div>
        <ProofPart flaw={row.id} />
        <Judgements page={page} />
        <FullReports findings={page.findings} />
        <ThreadPart
          path={`/v1/flaws/${encodeURIComponent(row.id)}/thread`}
          title="Messages"
          says="Read by coordinators of this clearinghouse."
        />
      </div>
      <aside className="decide" aria-label="Decisions">
        {selected.size > 0 ? (
          <Split page={page} selected={selected} onClose={() => setSelected(new Set())} />
        ) : asked ? (
          <Question key={asked.id} page={page} asked={asked} />
        ) : (
          <div className="panel stack tight">
            <h2>No open question</h2>
            <p className="s i2">
              {page.findings.length > 1
                ? 'To take findings out, select them in the table (X).'
                : 'One finding. It stands alone until another is put beside it.'}
            </p>
          </div>
        )}
        <ProofAside flaw={row.id} />
        {page.mergedInto ? null : <OpenCase flaw={row.id} />}
        <History page={page} />
      </aside>
    </div>
  )
}
