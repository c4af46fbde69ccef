import { useState } from 'react'
import { Field } from '../../parts/form/field.tsx'

interface ListFieldProps {
  readonly label: string
  readonly hint: string
  readonly list: readonly string[]
  readonly set: (list: string[]) => void
}

/** Words set apart by spaces or commas; what is typed counts at once, and stands as it was read once the field is left. */
export function ListField({ label, hint, list, set }: ListFieldProps) {
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <Field label={label} hint={hint}>
      {(ids) => (
        <input
          {...ids}
          className="mono"
          value={typed ?? list.join(' ')}
          onChange={(event) => {
            setTyped(event.target.value)
            set(event.target.value.split(/[\s,]+/).filter((one) => one !== ''))
          }}
          onBlur={() => setTyped(null)}
        />
      )}
    </Field>
  )
}
