import type { ProjectOut } from '../../../contract/shapes/project.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { duration, fullInstant } from '../../parts/time/format.ts'
import { useServerNow } from '../../parts/time/server-clock.ts'
import { useProjectAct } from './use-project-act.ts'

/** A change of contact or route that waits its 72 hours, and the way to stop it. */
export function PendingChange({ project }: { project: ProjectOut }) {
  const act = useProjectAct(project)
  const { now, fresh } = useServerNow(30_000)
  const { change } = project
  if (!change) return null
  const at = Date.parse(change.takesEffectAt)
  return (
    <section className="note soon stack tight" aria-label="A change that waits">
      <p>
        <b>A change of contact waits.</b> <Inert text={change.says} />
      </p>
      <p>
        It holds from <b>{fullInstant(at)}</b>
        {now !== null && fresh && at > now ? `, in ${duration(at - now)}` : ''}. Until then the old contact holds; it was told,
        and can stop the change.
      </p>
      {project.may.includes('stop-change') ? (
        <p>
          <button
            type="button"
            className="btn small"
            disabled={act.isPending}
            onClick={() => act.mutate({ do: 'stop-change' })}
          >
            Stop the change
          </button>
        </p>
      ) : null}
      {act.error ? <FailureNote error={act.error} not="Not stopped." /> : null}
    </section>
  )
}
