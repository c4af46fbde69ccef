import { EMBARGO_POLICIES } from '../../../core/cases/embargo-policy/registry.ts'
import { Field } from '../../parts/form/field.tsx'

interface PolicyFieldProps {
  readonly label: string
  /** What may stand in a policy's place, as its value and in words. */
  readonly instead: readonly [value: string, words: string]
  readonly value: string
  readonly onChange: (policy: string) => void
}

/** A choice among all embargo policies, as `id/version`; none is chosen beforehand. */
export function PolicyField({ label, instead, value, onChange }: PolicyFieldProps) {
  const policies = EMBARGO_POLICIES.map(({ id, version, name }) => [`${id}/${version}`, `${name}, ${version}`] as const)
  return (
    <Field label={label}>
      {(ids) => (
        <select {...ids} required value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">Choose</option>
          {[instead, ...policies].map(([policy, words]) => (
            <option key={policy} value={policy}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
