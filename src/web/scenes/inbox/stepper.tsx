import { useId } from 'react'
import { Icon } from '../../parts/marks/icon.tsx'

const MOST = 1000

/** A small whole number with one button less and one more. */
export function Stepper(props: { label: string; value: number; disabled: boolean; onChange: (value: number) => void }) {
  const { label, value, disabled, onChange } = props
  const id = useId()
  return (
    <div className="row between">
      <span id={id}>{label}</span>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out in one line in every browser */}
      <span className="step" role="group" aria-labelledby={id}>
        <button type="button" aria-label="fewer" disabled={disabled || value <= 0} onClick={() => onChange(value - 1)}>
          <Icon name="dash" />
        </button>
        <b aria-live="polite">{value}</b>
        <button type="button" aria-label="more" disabled={disabled || value >= MOST} onClick={() => onChange(value + 1)}>
          <Icon name="plus" />
        </button>
      </span>
    </div>
  )
}
