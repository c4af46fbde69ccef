import { Field } from '../../parts/form/field.tsx'

interface Asked {
  readonly label: string
  readonly hint: string
  readonly value: string | null
  /** Null: nothing stands there. */
  readonly onChange: (value: string | null) => void
}

/** A tag in a few words, which may be left out. */
export function ShortText({ label, hint, value, onChange }: Asked) {
  return (
    <Field label={label} hint={hint}>
      {(ids) => (
        <input
          {...ids}
          className="small"
          maxLength={200}
          value={value ?? ''}
          onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
        />
      )}
    </Field>
  )
}
