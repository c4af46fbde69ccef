import { useQuery } from '@tanstack/react-query'
import type { InventoryOut } from '../../../contract/shapes/exposure.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { count } from '../../parts/time/format.ts'
import { inventoryQuery } from './queries.ts'

const WHY: Readonly<Record<string, string>> = {
  'no-identity': 'has no name that a database goes by',
  'no-version': 'has no version',
  'bad-purl': 'its purl cannot be read',
  'wrong-shape': 'is not written as its format says',
  'too-large': 'is larger than what is read',
}
const MOST_SHOWN = 200

/** What of an inventory could not be read, or has no identity: nobody looked for flaws in these. */
export function UnmatchedList({ of }: { of: InventoryOut }) {
  const { data, error } = useQuery(inventoryQuery(of.id))
  if (error && !data) return <FailureNote error={error} not="What could not be matched is not shown." />
  if (!data) return <Waiting rows={2} what="what could not be matched" />
  const shown = data.set.slice(0, MOST_SHOWN)
  return (
    <div className="stack tight">
      <h2 className="label">{count(of.unmatched)} could not be matched: nobody looked for flaws in these</h2>
      <ul className="s dots unmatched">
        {shown.map((one) => (
          <li key={`${one.place} ${one.why} ${one.said}`}>
            <code className="break">
              <Inert text={one.place} breaks />
            </code>{' '}
            {Object.hasOwn(WHY, one.why) ? WHY[one.why] : <Inert text={one.why} />}:{' '}
            <span className="i2">
              <Inert text={one.said} />
            </span>
          </li>
        ))}
      </ul>
      {of.unmatched > shown.length ? (
        <p className="xs i3">{count(of.unmatched - shown.length)} more are not listed here.</p>
      ) : null}
    </div>
  )
}
