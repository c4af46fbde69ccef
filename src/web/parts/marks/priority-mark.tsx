import type { PriorityOut } from '../../../contract/shapes/flaw.ts'

type Priority = PriorityOut['outcome']

export const PRIORITY: Record<Priority, { readonly word: string; readonly cells: number; readonly ink: string }> = {
  immediate: { word: 'Immediate', cells: 4, ink: 'var(--alarm-mark)' },
  'out-of-cycle': { word: 'Out of cycle', cells: 3, ink: 'var(--soon-mark)' },
  scheduled: { word: 'Scheduled', cells: 2, ink: 'var(--ink-2)' },
  defer: { word: 'Defer', cells: 1, ink: 'var(--ink-3)' },
}

/** The staff: four cells filled from the foot, with the word. Dashed where nobody judged yet. */
export function PriorityMark({ priority }: { priority: PriorityOut | null }) {
  const known = priority ? PRIORITY[priority.outcome] : null
  return (
    <span className={`mark ${known ? 'i2' : 'i3'}`} title={saysWhy(priority)}>
      <svg className="staff" viewBox="0 0 9 15" aria-hidden="true" focusable="false">
        {[0, 1, 2, 3].map((cell) => (
          <rect
            key={cell}
            x=".75"
            y={11.25 - 3.6 * cell}
            width="7.5"
            height="2.6"
            fill={known && cell < known.cells ? known.ink : 'none'}
            stroke={known ? (cell < known.cells ? 'none' : 'var(--line-2)') : 'var(--control)'}
            strokeWidth=".8"
            strokeDasharray={known ? undefined : '1.5 1.2'}
          />
        ))}
      </svg>
      {known ? known.word : 'Not judged'}
    </span>
  )
}

function saysWhy(priority: PriorityOut | null): string {
  if (!priority) return 'Nobody judged this flaw yet'
  return `${priority.table}${priority.assumed.length > 0 ? `; assumed: ${priority.assumed.join(', ')}` : ''}`
}
