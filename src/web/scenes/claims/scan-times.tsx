import { Field } from '../../parts/form/field.tsx'
import { DAYS, type WrittenTimes } from './words.ts'

/** What stands in the form before anybody chose. */
export const NO_TIMES: WrittenTimes = { days: [], from: '22:00', to: '04:00' }

/** On which days and between which hours, in UTC, a project bears scans. */
export function ScanTimes({ times, set }: { times: WrittenTimes; set: (times: WrittenTimes) => void }) {
  const toggle = (day: number) => {
    const days = times.days.includes(day) ? times.days.filter((one) => one !== day) : [...times.days, day].sort()
    set({ ...times, days })
  }
  return (
    <div className="stack tight">
      <fieldset>
        <legend>Days</legend>
        <p className="row wrap">
          {DAYS.map((name, n) => (
            <label key={name} className="choice">
              <input type="checkbox" checked={times.days.includes(n + 1)} onChange={() => toggle(n + 1)} /> {name}
            </label>
          ))}
        </p>
      </fieldset>
      <div className="grid2">
        <Field label="From" hint="UTC">
          {(ids) => (
            <input
              {...ids}
              type="time"
              required
              value={times.from}
              onChange={(event) => set({ ...times, from: event.target.value })}
            />
          )}
        </Field>
        <Field label="To" hint="UTC; may lie before the beginning: then over midnight">
          {(ids) => (
            <input
              {...ids}
              type="time"
              required
              value={times.to}
              onChange={(event) => set({ ...times, to: event.target.value })}
            />
          )}
        </Field>
      </div>
    </div>
  )
}
