import type { BudgetOut } from '../../../contract/shapes/project.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { Icon } from '../../parts/marks/icon.tsx'
import { day } from '../../parts/time/format.ts'
import { untilWords } from '../../parts/time/until-words.ts'

/** How many places are taken, what came this week, and when the next one comes. */
export function Capacity({ budget, pausing, onPause }: { budget: BudgetOut; pausing: boolean; onPause: () => void }) {
  const { open, openAtOnce, sentThisWeek, perWeek, pausedUntil, nextAt, quiet } = budget
  return (
    <div className="capacity">
      {open === null ? null : <Places used={open} of={openAtOnce} word="open" />}
      {sentThisWeek === null ? null : <Places used={sentThisWeek} of={perWeek} word="new this week" />}
      <span className="i2">
        {pausedUntil ? (
          <>
            Paused <b>{untilWords(pausedUntil)}</b>
          </>
        ) : nextAt ? (
          `Next one comes ${day(Date.parse(nextAt))}, ${nextAt.slice(11, 16)} UTC`
        ) : (
          <Inert text={budget.says} />
        )}
        {quiet ? (
          <span className="i3">
            {' '}
            · quiet <Inert text={quiet} />
          </span>
        ) : null}
      </span>
      <button type="button" className="btn" aria-expanded={pausing} onClick={onPause}>
        <Icon name={pausedUntil ? 'play' : 'pause'} /> {pausedUntil ? 'Go on' : 'Pause'}
      </button>
    </div>
  )
}

const MOST_DRAWN = 12

function Places({ used, of, word }: { used: number; of: number; word: string }) {
  const drawn = Math.min(MOST_DRAWN, Math.max(used, of))
  return (
    <span className="places">
      <span className="slots" aria-hidden="true">
        {Array.from({ length: drawn }, (_, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a place has no other name than its number
          <i key={n} className={n < used ? (n < of ? 'on' : 'on over') : ''} />
        ))}
      </span>
      <b>
        {used} of {of}
      </b>{' '}
      {word}
    </span>
  )
}
