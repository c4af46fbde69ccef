import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ProjectRow } from '../../../contract/shapes/project.ts'
import { usePageTitle } from '../../frame/page-title.ts'
import { useFilter } from '../../parts/form/filter.tsx'
import { Inert } from '../../parts/inert/inert.tsx'
import { MiddleCut } from '../../parts/inert/middle-cut.tsx'
import { Empty } from '../../parts/notice/empty.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { MoreRows } from '../../parts/paged/more-rows.tsx'
import { usePaged } from '../../parts/paged/use-paged.ts'
import { count } from '../../parts/time/format.ts'
import { untilWords } from '../../parts/time/until-words.ts'
import { NotShown } from '../nowhere/not-shown.tsx'
import { AddProjectForm } from './add-project.tsx'
import { fetchProjects } from './queries.ts'
import { STEWARD } from './words.ts'

/** Projects with whether their contact is proved, what waits, and who looks after those that nobody maintains. */
export function Projects() {
  usePageTitle('Projects')
  const filter = useFilter()
  const [adding, setAdding] = useState(false)
  const { query, rows } = usePaged(['projects'], fetchProjects)
  if (query.error && !query.data) return <NotShown error={query.error} not="The projects are not shown." />
  const shown = rows.filter((row) => filter.fits(`${row.name} ${row.purl ?? ''} ${row.repository ?? ''}`))
  return (
    <div className="stack">
      <div className="row between top wrap">
        <div>
          <h1>Projects</h1>
          <p className="i2">What each maintainer asked for. Nothing secret goes to a contact that is not proved.</p>
        </div>
        <button type="button" className="btn" aria-expanded={adding} onClick={() => setAdding(!adding)}>
          Add a project
        </button>
      </div>
      {adding ? <AddProjectForm /> : null}
      {query.isPending ? (
        <Waiting rows={6} what="projects" />
      ) : rows.length === 0 ? (
        <Empty fact="No project is known here yet." />
      ) : (
        <>
          {filter.field}
          <ProjectTable rows={shown} />
          {shown.length === 0 ? <p className="i2">Nothing fits the filter.</p> : null}
        </>
      )}
      <MoreRows of={query} say="Show the next 200" />
    </div>
  )
}

function ProjectTable({ rows }: { rows: readonly ProjectRow[] }) {
  return (
    <table className="blocks projects">
      <caption className="vh">Projects</caption>
      <thead>
        <tr>
          <th scope="col">Project</th>
          <th scope="col" className="c-contact">
            Contact
          </th>
          <th scope="col" className="c-steward">
            Looked after
          </th>
          <th scope="col" className="c-pause">
            Paused until
          </th>
          <th scope="col" className="num c-waits">
            Waits
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>
              <div className="b">
                <Link className="quiet" to="/projects/$id" params={{ id: row.id }}>
                  <Inert text={row.name} />
                </Link>
              </div>
              <MiddleCut text={row.purl ?? row.repository ?? 'no package and no repository named'} />
            </td>
            <td data-label="Contact">{row.proved ? 'Proved' : <span className="unsaid i3">not proved</span>}</td>
            <td className={row.steward === 'escalated' ? 'soon b' : 'i2'} data-label="Looked after">
              {STEWARD[row.steward]}
            </td>
            <td data-label="Paused until">{row.pausedUntil ? untilWords(row.pausedUntil).replace(/^until /, '') : null}</td>
            <td className="num" data-label="Waits">
              {row.waiting === null ? <span className="i3">not shown</span> : count(row.waiting)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
