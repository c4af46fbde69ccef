import type { InventoryOut } from '../../../contract/shapes/exposure.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { visibleText } from '../../parts/inert/visible-text.ts'
import { count } from '../../parts/time/format.ts'
import { When } from '../../parts/time/when.tsx'
import { InventoryOpen } from './inventory-open.tsx'

/** One inventory; opened, its tags and what of it could not be read. */
export function InventoryRow({ of, open, toggle }: { of: InventoryOut; open: boolean; toggle: () => void }) {
  const { tags } = of
  const repaired =
    tags.support === null ? null : tags.support === 'ended' ? 'no longer repaired' : `repaired until ${tags.support}`
  const edge = tags.edge === 'yes' ? 'edge device' : null
  const more = [tags.environment, tags.organisation, tags.unit, tags.type, edge, repaired]
    .filter((one) => one !== null)
    .join(', ')
  return (
    <>
      <tr className={open ? 'opened' : ''}>
        <td>
          <div className="b">
            <Inert text={of.asset} breaks />
          </div>
          <div className="xs i3">
            <Inert text={[of.format, of.subject].filter((one) => one !== null).join(', ')} />
          </div>
        </td>
        <td data-label="Reachable from">
          {tags.exposure === 'internal' ? (
            'Inside only'
          ) : tags.exposure === 'public' ? (
            'The internet'
          ) : (
            <span className="tag assumed">The internet, assumed</span>
          )}
          {more === '' ? null : (
            <span className="second xs i3">
              <Inert text={more} />
            </span>
          )}
        </td>
        <td className="num" data-label="Components">
          {count(of.components)}
        </td>
        <td className="num" data-label="Not matched">
          {of.unmatched === 0 ? <span className="i3">none</span> : count(of.unmatched)}
        </td>
        <td className="num i2" data-label="Received">
          <When at={of.receivedAt} />
        </td>
        <td className="a-act">
          <button
            type="button"
            className="btn small"
            aria-expanded={open}
            aria-label={`${open ? 'Close' : 'Tags and more'}: ${visibleText(of.asset)}`}
            onClick={toggle}
          >
            {open ? 'Close' : 'Tags and more'}
          </button>
        </td>
      </tr>
      {open ? (
        <tr className="openrow">
          <td colSpan={6}>
            <InventoryOpen of={of} />
          </td>
        </tr>
      ) : null}
    </>
  )
}
