import { memo } from 'react'
import type { ActionOut } from '../../../contract/shapes/exposure.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { MiddleCut } from '../../parts/inert/middle-cut.tsx'
import { visibleText } from '../../parts/inert/visible-text.ts'
import { Icon } from '../../parts/marks/icon.tsx'
import { count } from '../../parts/time/format.ts'
import { When } from '../../parts/time/when.tsx'
import type { OpenPart } from './action-open.tsx'
import { dueWords, nextStep, ruleWords, STANDING, sayAction, sayMore, tierWords } from './words.ts'

interface Props {
  readonly action: ActionOut
  readonly now: number | null
  readonly cursor: boolean
  readonly part: OpenPart | null
  /** The next safe step of all: the one primary button of the page. */
  readonly primary: boolean
  readonly show: (action: ActionOut, part: OpenPart) => void
}

/** Due, what to do, where, after which rule, and one button. Drawn again only where something of it changed: lists are long. */
export const ActionRow = memo(function ActionRow({ action, now, cursor, part, primary, show }: Props) {
  const says = sayAction(action)
  const word = part === null ? ACTS[action.do] : 'Close'
  return (
    <tr className={[cursor ? 'cursor' : '', part === null ? '' : 'opened'].join(' ')} data-row={action.id}>
      <td className="a-due">
        <Due action={action} now={now} />
      </td>
      <td className="a-do">
        <div className="b">
          <Inert text={says} />
        </div>
        <div className="s i2">{sayMore(action)}</div>
      </td>
      <td className="a-where">
        <Where action={action} />
      </td>
      <td className="a-rule">
        <Inert text={tierWords(action)} />
        <span className="second xs i3">
          <Inert text={ruleWords(action)} />
          {action.triage.length > 0 ? `, step ${stepOf(action)} of ${action.triage.length}` : ''}
        </span>
      </td>
      <td className="a-act">
        <button
          type="button"
          className={`btn ${primary ? 'primary' : ''}`}
          aria-expanded={part !== null}
          aria-label={`${word}: ${visibleText(says)}`}
          onClick={() => show(action, part ?? 'do')}
        >
          {word}
        </button>
      </td>
    </tr>
  )
})

const ACTS: Readonly<Record<ActionOut['do'], string>> = {
  triage: 'Show the steps',
  upgrade: 'What to do',
  mitigate: 'Show how',
  retire: 'What to do',
  replace: 'What to do',
}

function Due({ action, now }: { action: ActionOut; now: number | null }) {
  if (action.standing !== 'open')
    return (
      <>
        <div className="b">{STANDING[action.standing]}</div>
        {action.until === null ? null : (
          <div className="xs i3">
            until <When at={action.until} full />
          </div>
        )}
      </>
    )
  const { how, left, at } = dueWords(action, now)
  return (
    <>
      <div className={`b ${how === 'late' ? 'alarm' : how === 'soon' ? 'soon' : ''}`}>
        {how === 'late' ? <Icon name="late" /> : null} {left}
      </div>
      <div className="xs i3">{at}</div>
    </>
  )
}

function Where({ action: { assets, of, done } }: { action: ActionOut }) {
  const left = assets.filter((one) => !one.done)
  const shown = (left.length > 0 ? left : assets).slice(0, 2)
  const more = (left.length > 0 ? of - done : of) - shown.length
  return (
    <>
      {shown.map(({ inventory, asset }) => (
        <span key={inventory} className="assetname">
          <MiddleCut text={asset} />
        </span>
      ))}
      <span className="second xs i3">
        {more > 0 ? `and ${count(more)} more` : ''}
        {done > 0 ? `${more > 0 ? '; ' : ''}${count(done)} of ${count(of)} done` : ''}
      </span>
    </>
  )
}

function stepOf({ triage }: ActionOut): number {
  const next = nextStep(triage)
  return next === null ? triage.length : triage.indexOf(next) + 1
}
