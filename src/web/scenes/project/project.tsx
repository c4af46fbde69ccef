import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { ProjectOut } from '../../../contract/shapes/project.ts'
import { usePageTitle } from '../../frame/page-title.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { count } from '../../parts/time/format.ts'
import { untilWords } from '../../parts/time/until-words.ts'
import { NotShown } from '../nowhere/not-shown.tsx'
import { PendingChange } from './pending-change.tsx'
import { Proofs } from './proofs.tsx'
import { PutKey } from './put-key.tsx'
import { projectQuery } from './queries.ts'
import { ScanSide } from './scan-side.tsx'
import { StewardPart } from './steward-part.tsx'
import { TermsEditor } from './terms-editor.tsx'
import { TermsPage } from './terms-page.tsx'

/** One project: its terms to read or to set, who proved to maintain it, and who looks after it. */
export function Project() {
  const { id } = useParams({ from: '/projects/$id' })
  const query = useQuery(projectQuery(id))
  usePageTitle(query.data?.name ?? 'Project')
  const [editing, setEditing] = useState(false)
  if (query.error && !query.data) return <NotShown error={query.error} not="The project is not shown." />
  if (!query.data) return <Waiting rows={6} what="the project" />
  const project = query.data
  return (
    <div className="stack wide project">
      <header className="row between top wrap">
        <div>
          <h1>
            <Inert text={project.name} />
          </h1>
          <p className="i2">
            {project.purl ? <Inert className="mono" text={project.purl} breaks /> : null}
            {project.purl && project.repository ? ' · ' : null}
            {project.repository ? <Inert className="mono" text={project.repository} breaks /> : null}
          </p>
        </div>
        {project.yours ? (
          <Link className="btn" to="/inbox">
            Your inbox
          </Link>
        ) : null}
      </header>
      <PendingChange project={project} />
      <div className={editing ? 'stack' : 'projectcols'}>
        <section className="stack" aria-label="Terms">
          <div className="sh">
            <h2>What a report must bring, and where it goes</h2>
            {project.may.includes('set-terms') ? (
              <button type="button" className="btn small r" aria-expanded={editing} onClick={() => setEditing(!editing)}>
                {editing ? 'Read them instead' : 'Change the terms'}
              </button>
            ) : null}
          </div>
          {editing ? (
            <TermsEditor project={project} done={() => setEditing(false)} />
          ) : (
            <TermsPage terms={project.terms} source={project.source} />
          )}
        </section>
        {editing ? null : (
          <aside className="stack wide" aria-label="Pace, proof and steward">
            <Budget project={project} />
            <Proofs project={project} />
            <PutKey project={project} />
            <ScanSide project={project} />
            <StewardPart project={project} />
          </aside>
        )}
      </div>
    </div>
  )
}

function Budget({ project: { budget, yours } }: { project: ProjectOut }) {
  return (
    <section className="panel stack tight">
      <h2>How much, how often</h2>
      <p>
        <Inert text={budget.says} />
      </p>
      <p className="s i2">
        {count(budget.openAtOnce)} open at once, {count(budget.perWeek)} a week.{' '}
        {budget.pausedUntil ? `Paused ${untilWords(budget.pausedUntil)}.` : ''}{' '}
        {budget.quiet ? (
          <>
            Quiet <Inert text={budget.quiet} />.
          </>
        ) : null}
      </p>
      {yours ? (
        <p className="s">
          <Link to="/inbox">Change it in your inbox</Link>
        </p>
      ) : null}
    </section>
  )
}
