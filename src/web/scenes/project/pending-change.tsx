import type { ProjectOut } from '../../../contract/shapes/project.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { duration, fullInstant } from '../../parts/time/format.ts'
import { useServerNow } from '../../parts/time/server-clock.ts'
import { useProjectAct } from './use-project-act.ts'

/** Changes of contact, route or maintainer that wait their 72 hours, and the way to stop them. */
export function PendingChange({ project }: { project: ProjectOut }) {
  const act = useProjectAct(project)
  if (!project.change && !project.move) return null
  return (
    <section className="note soon stack tight" aria-label="A change that waits">
      <Waits one={project.change} what="contact" />
      <Waits one={project.move} what="maintainer" />
      {project.may.includes('stop-change') ? (
        <p>
          <button
            type="button"
            className="btn small"
            disabled={act.isPending}
            onClick={() => act.mutate({ do: 'stop-change' })}
          >
            {project.change && project.move ? 'Stop both changes' : 'Stop the change'}
          </button>
        </p>
      ) : null}
      {act.error ? <FailureNote error={act.error} not="Not stopped." /> : null}
    </section>
  )
}

function Waits({ one, what }: { one: ProjectOut['change']; what: 'contact' | 'maintainer' }) {
  const { now, fresh } = useServerNow(30_000)
  if (!one) return null
  const at = Date.parse(one.takesEffectAt)
  return (
    <>
      <p>
        <b>A change of {what} waits.</b> <Inert text={one.says} />
      </p>
      <p>
        It holds from <b>{fullInstant(at)}</b>
        {now !== null && fresh && at > now ? `, in ${duration(at - now)}` : ''}. Until then the old {what} holds; it was told,
        and can stop the change.
      </p>
    </>
  )
}
