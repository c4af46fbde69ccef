import type { EdgeDeviceOut, EdgeOwnOut } from '../../../contract/shapes/edge-device.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { visibleText } from '../../parts/inert/visible-text.ts'
import { Icon } from '../../parts/marks/icon.tsx'
import { EdgeOpen } from './edge-open.tsx'
import { nextOf, sayAsked, sayDevice } from './edge-words.ts'
import { dueWords } from './words.ts'

interface Props {
  readonly of: EdgeDeviceOut | EdgeOwnOut
  readonly now: number | null
  readonly open: boolean
  readonly toggle: () => void
}

/** When the next row is due, what it asks, of which device; opened, all rows and what can be said. */
export function EdgeRow({ of, now, open, toggle }: Props) {
  const next = nextOf(of.milestones)
  const device = 'name' in of ? of : null
  const name = device === null ? 'Your organisation' : visibleText(device.name)
  const { how, left, at } = next === null ? NOTHING : dueWords({ due: next.due, tier: '' }, now)
  return (
    <>
      <tr className={open ? 'opened' : ''}>
        <td className="a-due">
          <div className={`b ${how === 'late' ? 'alarm' : how === 'soon' ? 'soon' : ''}`}>
            {how === 'late' ? <Icon name="late" /> : null} {left}
          </div>
          <div className="xs i3">{at}</div>
        </td>
        <td className="a-do">
          <div className="b">
            {device === null ? name : <Inert text={device.name} breaks />}
            {next?.assumed ? (
              <>
                {' '}
                <span className="tag assumed">assumed</span>
              </>
            ) : null}
          </div>
          <div className="s i2">{sayAsked(of.milestones, device?.support ?? null)}</div>
          {device === null ? null : (
            <div className="xs i3">
              <Inert text={sayDevice(device)} />
            </div>
          )}
        </td>
        <td className="a-rule" data-label="Rule">
          BOD 26-02{next === null ? '' : `, row ${next.row}`}
        </td>
        <td className="a-act">
          <button
            type="button"
            className="btn"
            aria-expanded={open}
            aria-label={`${open ? 'Close' : 'What to do'}: ${name}`}
            onClick={toggle}
          >
            {open ? 'Close' : 'What to do'}
          </button>
        </td>
      </tr>
      {open ? (
        <tr className="openrow">
          <td colSpan={4}>
            <EdgeOpen of={of} />
          </td>
        </tr>
      ) : null}
    </>
  )
}

const NOTHING = { how: 'undated', left: 'Nothing due', at: '' } as const
