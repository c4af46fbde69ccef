import { type ReactNode, useEffect, useRef } from 'react'
import type { ActionOut } from '../../../contract/shapes/exposure.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { Cap } from '../../parts/keys/cap.tsx'
import { count } from '../../parts/time/format.ts'
import { ActionPlain } from './action-plain.tsx'
import { DateWhy } from './date-why.tsx'
import { DeferForm } from './defer-form.tsx'
import { DoneForm } from './done-form.tsx'
import { ReopenForm } from './reopen-form.tsx'
import { SettledFlaws } from './settled-flaws.tsx'
import { SparedForm } from './spared-form.tsx'
import { TriageSteps } from './triage-steps.tsx'

/** The first field of a form that was opened takes the focus: whoever pressed a key goes on by keyboard. */
function useFirstField(part: OpenPart) {
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (part === 'done' || part === 'defer') ref.current?.querySelector<HTMLElement>('form input, form textarea')?.focus()
  }, [part])
  return ref
}

export type OpenPart = 'do' | 'why' | 'flaws' | 'done' | 'defer'

interface Props {
  readonly action: ActionOut
  readonly part: OpenPart
  readonly now: number | null
  readonly show: (part: OpenPart) => void
  readonly close: () => void
}

/** What opens below a row: what to do, why the date, what it settles, and the acts; each in words before it happens. */
export function ActionOpen({ action, part, now, show, close }: Props) {
  const open = action.standing === 'open'
  const step = action.do === 'triage'
  const choices: readonly (readonly [OpenPart, ReactNode, string | null])[] = [
    ['do', step ? 'The steps' : 'What to do', null],
    ['why', 'Why this date', 'Y'],
    ['flaws', action.flaws.length === 1 ? 'The flaw' : `${count(action.flaws.length)} flaws`, null],
    ...(step ? [] : [['done', open ? 'It is done' : 'Open it again', 'D'] as const]),
    ...(open ? [['defer', 'Defer', 'X'] as const] : []),
  ]
  const shown = part === 'defer' && !open ? 'done' : part === 'done' && step ? 'do' : part
  const ref = useFirstField(shown)
  return (
    <div className="actionopen opens" ref={ref}>
      <fieldset className="row wrap openchoices">
        <legend className="vh">What to show of it</legend>
        {choices.map(([name, word, key]) => (
          <button
            key={name}
            type="button"
            className="btn small"
            aria-pressed={name === shown}
            onClick={() => name !== shown && show(name)}
          >
            {word} {key === null ? null : <Cap>{key}</Cap>}
          </button>
        ))}
      </fieldset>
      {shown === 'do' ? (
        <div className="stack">
          {action.reason === null ? null : (
            <p className="measure">
              <b>Put off, because:</b> <Inert text={action.reason} />
            </p>
          )}
          {step ? <TriageSteps action={action} now={now} /> : null}
          <ActionPlain action={action} />
        </div>
      ) : shown === 'why' ? (
        <DateWhy action={action} />
      ) : shown === 'flaws' ? (
        <SettledFlaws flaws={action.flaws} />
      ) : shown === 'defer' ? (
        <DeferForm action={action} now={now} done={close} />
      ) : open ? (
        <div className="stack">
          <DoneForm action={action} done={close} />
          <details className="fold">
            <summary>It is not affected</summary>
            <SparedForm action={action} done={close} />
          </details>
          {action.done === 0 ? null : (
            <details className="fold">
              <summary>Open again what is done on {count(action.done)}</summary>
              <ReopenForm action={action} done={close} />
            </details>
          )}
        </div>
      ) : (
        <ReopenForm action={action} done={close} />
      )}
    </div>
  )
}
