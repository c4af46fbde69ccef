import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { usePageTitle } from '../../frame/page-title.ts'
import { Empty } from '../../parts/notice/empty.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { NotShown } from '../nowhere/not-shown.tsx'
import { Invitations } from './invitations.tsx'
import { ProjectInbox } from './project-inbox.tsx'
import { inboxQuery } from './queries.ts'

/** The maintainer's first screen: a few things, in order, and a way to have fewer. */
export function Inbox() {
  usePageTitle('Inbox')
  const inbox = useQuery(inboxQuery)
  if (inbox.error && !inbox.data) return <NotShown error={inbox.error} not="The inbox is not shown." />
  if (!inbox.data) return <Waiting rows={6} what="the inbox" />
  const { rows } = inbox.data
  if (rows.length === 0)
    return (
      <div className="inbox">
        <h1>Inbox</h1>
        <Invitations />
        <Empty fact="No project here is yours yet. A project becomes yours when you prove that you maintain it.">
          <Link to="/projects">Find your project</Link>
        </Empty>
      </div>
    )
  return (
    <div className="inbox stack wide">
      {rows.length > 1 ? <h1 className="vh">Inbox</h1> : null}
      <Invitations />
      {rows.map((one) => (
        <ProjectInbox key={one.project.id} inbox={one} level={rows.length > 1 ? 2 : 1} />
      ))}
    </div>
  )
}
