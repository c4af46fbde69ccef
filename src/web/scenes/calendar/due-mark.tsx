import type { Due } from './lanes.ts'

/** The gauge's point: diamond embargo, filled diamond release, square duty, ring step, triangle late. */
export function DueMark({ what, late }: { what: Due; late: boolean }) {
  return (
    <svg width="14" height="14" viewBox="-7 -7 14 14" aria-hidden="true" focusable="false">
      <DueShape what={what} late={late} />
    </svg>
  )
}

export function DueShape({ what, late }: { what: Due; late: boolean }) {
  if (late) return <path className="due-late" d="M0 -5.500L6 5H-6Z" />
  if (what === 'embargo-ends') return <path className="due-embargo" d="M0 -6L6 0L0 6L-6 0Z" />
  if (what === 'release') return <path className="due-release" d="M0 -6L6 0L0 6L-6 0Z" />
  if (what === 'legal-duty') return <rect className="due-duty" x="-4.500" y="-4.500" width="9" height="9" />
  return <circle className="due-step" r="4.300" />
}
