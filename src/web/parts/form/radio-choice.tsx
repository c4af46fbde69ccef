interface RadioChoiceProps<V extends string> {
  readonly legend: string
  readonly name: string
  readonly value: V | null
  readonly options: readonly (readonly [V, string])[]
  readonly onChange: (value: V) => void
}

/** One of a few; nothing is chosen beforehand unless the caller says so. */
export function RadioChoice<V extends string>({ legend, name, value, options, onChange }: RadioChoiceProps<V>) {
  return (
    <fieldset className="stack tight">
      <legend>{legend}</legend>
      <div className="row wrap">
        {options.map(([option, say]) => (
          <label key={option} className="choice">
            <input type="radio" name={name} value={option} checked={value === option} onChange={() => onChange(option)} />
            {say}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
