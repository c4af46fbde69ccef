import { Link } from '@tanstack/react-router'
import type { ProjectOut } from '../../../contract/shapes/project.ts'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { useProjectAct } from '../project/use-project-act.ts'
import { PauseForm } from './pause-form.tsx'
import { Stepper } from './stepper.tsx'

interface PaceProps {
  readonly project: ProjectOut
  readonly level: 1 | 2
  readonly pausing: boolean
  readonly onPausing: (pausing: boolean) => void
}

/** How much, how often: two numbers and a pause, in force at once. */
export function Pace({ project, level, pausing, onPausing }: PaceProps) {
  const act = useProjectAct(project)
  const Head = level === 1 ? 'h2' : 'h3'
  const { openAtOnce, perWeek, pausedUntil } = project.budget
  // What was asked for stands at once; what the server then says takes its place.
  const asked = act.isPending && act.variables.do === 'set-budget' ? act.variables : null
  const now = asked ?? { openAtOnce, perWeek }
  const set = (next: { openAtOnce: number; perWeek: number }) => act.mutate({ do: 'set-budget', ...next })
  const may = project.may.includes('set-budget')
  return (
    <section className="panel stack">
      <Head className="sidehead">How much, how often</Head>
      <Stepper
        label="Open at once"
        value={now.openAtOnce}
        disabled={!may || act.isPending}
        onChange={(value) => set({ openAtOnce: value, perWeek: now.perWeek })}
      />
      <Stepper
        label="New each week"
        value={now.perWeek}
        disabled={!may || act.isPending}
        onChange={(value) => set({ openAtOnce: now.openAtOnce, perWeek: value })}
      />
      <PauseForm
        pausedUntil={pausedUntil}
        open={pausing}
        busy={act.isPending}
        onOpen={onPausing}
        pause={(until) => act.mutate({ do: 'pause', until })}
      />
      {act.error ? <FailureNote error={act.error} not="Not changed." /> : null}
      <p className="s i2">
        While you pause we keep everything, in order. If a flaw of yours is being exploited, one message comes through, without
        detail.
      </p>
      <p className="s">
        <Link to="/projects/$id" params={{ id: project.id }}>
          What a report must bring, and where to send it
        </Link>
      </p>
    </section>
  )
}
