import type { DutyOut } from '../../../contract/shapes/duty.ts'
import { DueShape } from '../calendar/due-mark.tsx'

/** The gauge's point of a duty: square while its date is to come, triangle when it is late, a check when it is reported done. */
export function DutyShape({ duty }: { duty: Pick<DutyOut, 'status' | 'overdue'> }) {
  if (duty.status === 'reported-done') return <path className="due-done" d="M-4.500 0.500L-1.500 3.500L4.800 -3.500" />
  return <DueShape what="legal-duty" late={duty.overdue} />
}

/** The same beside words; dashed where nothing was said and nothing has to be yet. */
export function DutyMark({ duty }: { duty: Pick<DutyOut, 'status' | 'overdue'> }) {
  const silent = duty.status === 'not-reported' && !duty.overdue
  return (
    <svg width="14" height="14" viewBox="-7 -7 14 14" aria-hidden="true" focusable="false">
      {silent ? <circle className="due-silent" r="4.800" /> : <DutyShape duty={duty} />}
    </svg>
  )
}
