import type { QuietHours } from '../../../core/cases/terms/project-terms.ts'
import { Field } from '../../parts/form/field.tsx'
import { Tick } from './terms-contact.tsx'
import type { TermsPartProps } from './terms-editor.tsx'

const FIRST = { openAtOnce: 1, perWeek: 1, quiet: null, pausedUntil: null }
const NIGHT: QuietHours = { from: '20:00', to: '08:00', zone: 'UTC' }

/** How much at once and in a week, and the hours of the own wall clock in which nothing comes. */
export function TermsPace({ terms, set }: TermsPartProps) {
  const pace = terms.pace ?? FIRST
  const { quiet } = pace
  const change = (part: Partial<typeof pace>) => set({ ...terms, pace: { ...pace, ...part } })
  const number = (label: string, name: 'openAtOnce' | 'perWeek') => (
    <Field label={label} hint="0 is a pause">
      {(ids) => (
        <input
          {...ids}
          type="number"
          min={0}
          max={1000}
          value={pace[name]}
          onChange={(event) => change({ [name]: Math.trunc(Number(event.target.value)) })}
        />
      )}
    </Field>
  )
  const time = (label: string, name: 'from' | 'to', hours: QuietHours) => (
    <Field label={label}>
      {(ids) => (
        <input
          {...ids}
          type="time"
          value={hours[name]}
          onChange={(event) => change({ quiet: { ...hours, [name]: event.target.value } })}
        />
      )}
    </Field>
  )
  return (
    <fieldset className="stack">
      <legend>How much, and when</legend>
      <div className="grid2">
        {number('Open at once', 'openAtOnce')}
        {number('New each week', 'perWeek')}
      </div>
      <Tick
        label="Nothing in quiet hours"
        on={quiet !== null}
        set={(on) =>
          change({ quiet: on ? { ...NIGHT, zone: Intl.DateTimeFormat().resolvedOptions().timeZone || NIGHT.zone } : null })
        }
      />
      {quiet === null ? null : (
        <div className="grid2">
          {time('From', 'from', quiet)}
          {time('To', 'to', quiet)}
          <Field label="By the clock of" hint="As in Europe/Berlin">
            {(ids) => (
              <input
                {...ids}
                value={quiet.zone}
                maxLength={60}
                onChange={(event) => change({ quiet: { ...quiet, zone: event.target.value.trim() } })}
              />
            )}
          </Field>
        </div>
      )}
    </fieldset>
  )
}
