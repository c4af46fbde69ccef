import { useState } from 'react'
import { Field } from '../form/field.tsx'
import { fullInstant } from './format.ts'
import { instantIn } from './zoned.ts'

/** A date and time of day with the zone they are meant in; says which instant that is before it is sent. */
export function ZonedInstant({
  zone: first,
  required = true,
  onChange,
}: {
  zone: string | null
  required?: boolean
  onChange: (value: { at: string; zone: string } | null) => void
}) {
  const [local, setLocal] = useState('')
  const [zone, setZone] = useState(first ?? Intl.DateTimeFormat().resolvedOptions().timeZone)
  const at = local === '' ? null : instantIn(local, zone)
  const set = (nextLocal: string, nextZone: string) => {
    setLocal(nextLocal)
    setZone(nextZone)
    const next = nextLocal === '' ? null : instantIn(nextLocal, nextZone)
    onChange(next === null ? null : { at: next, zone: nextZone })
  }
  return (
    <div className="grid2">
      <Field
        label="Date and time there"
        wrong={local !== '' && at === null ? 'That zone’s clock never shows this time, or the zone is not known.' : null}
        hint={at ? `That is ${fullInstant(Date.parse(at))}.` : null}
      >
        {(ids) => (
          <input
            {...ids}
            type="datetime-local"
            value={local}
            onChange={(event) => set(event.target.value, zone)}
            required={required}
          />
        )}
      </Field>
      <Field label="Time zone" hint="As in America/Los_Angeles, Europe/Berlin or UTC">
        {(ids) => (
          <input
            {...ids}
            value={zone}
            maxLength={60}
            onChange={(event) => set(local, event.target.value.trim())}
            required={required}
          />
        )}
      </Field>
    </div>
  )
}
