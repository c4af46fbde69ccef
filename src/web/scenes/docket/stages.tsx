import type { DocketView } from '../../../contract/shapes/docket.ts'
import { KINDS } from '../../../core/docket/kinds.ts'
import { Icon } from '../../parts/marks/icon.tsx'
import { STATE } from './words.ts'

/** Where the docket stands in its life. None of these is a step that a release waits for. */
export function Stages({ docket: { kind, state, withdrawn } }: { docket: Pick<DocketView, 'kind' | 'state' | 'withdrawn'> }) {
  // Closed is an end, not a stage.
  const stages = KINDS[kind].states.filter((one) => one !== 'closed')
  const at = state === 'closed' ? stages.length : stages.indexOf(state)
  return (
    <ol className="stages" aria-label="Stages">
      {stages.map((stage, n) => (
        <li
          key={stage}
          className={n === at ? 'now' : n < at && !withdrawn ? 'done' : ''}
          {...(n === at ? { 'aria-current': 'step' as const } : {})}
        >
          {n < at && !withdrawn ? (
            <>
              <Icon name="check" />
              <span className="vh">done: </span>
            </>
          ) : null}
          {STATE[stage]}
          {withdrawn && stage === 'closing' ? ', withdrawn' : ''}
        </li>
      ))}
    </ol>
  )
}
