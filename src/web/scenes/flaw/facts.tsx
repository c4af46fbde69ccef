import type { FlawRow } from '../../../contract/shapes/flaw.ts'
import { CopyButton } from '../../parts/copy-button.tsx'
import { Inert } from '../../parts/inert/inert.tsx'
import { PriorityMark } from '../../parts/marks/priority-mark.tsx'
import { count } from '../../parts/time/format.ts'
import { When } from '../../parts/time/when.tsx'

/** The line below the title: priority, package, weakness, how many said so, since when. */
export function Facts({ row }: { row: FlawRow }) {
  return (
    <div className="facts">
      <PriorityMark priority={row.priority} />
      {row.target ? <Inert className="mono" text={row.target} /> : <span className="i3">target not stated</span>}
      {row.weakness ? <Inert text={row.weakness} /> : null}
      <span>
        {count(row.findings)} {row.findings === 1 ? 'finding' : 'findings'}, {count(row.finders)}{' '}
        {row.finders === 1 ? 'finder' : 'finders'}, first on <When at={row.firstAt} />
      </span>
      {row.priority && row.priority.assumed.length > 0 ? (
        <span className="tag assumed">{row.priority.assumed.length} inputs assumed</span>
      ) : null}
      <CopyButton text={row.id} label="Copy id" plain />
    </div>
  )
}
