import type { ClaimOut } from '../../../contract/shapes/scan.ts'
import { CopyButton } from '../../parts/copy-button.tsx'
import { Inert } from '../../parts/inert/inert.tsx'
import { When } from '../../parts/time/when.tsx'

/** Who else scans there: that there is one, and how to ask them. Never what they found. */
export function Overlaps({ of }: { of: ClaimOut }) {
  if (of.overlaps.length === 0) return <span className="i3">none</span>
  return (
    <ul className="stack tight">
      {of.overlaps.map((one) => (
        <li key={one.contact}>
          <b>Match</b> since <When at={one.at} />.{' '}
          {one.reach ? (
            <>
              Reach them: <Inert text={one.reach} />
            </>
          ) : (
            <span className="row wrap">
              <span className="i2">
                The clearinghouse passes a word on to <Inert className="mono" text={one.contact} />
              </span>
              <CopyButton text={one.contact} plain />
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}
