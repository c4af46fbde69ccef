import type { Role } from '../../../core/access/principal.ts'

/** Roles with what each may do here, in a word or two. */
const ROLES: readonly (readonly [role: Role, says: string])[] = [
  ['finder', 'sends reports, sees what their organisation sent'],
  ['coordinator', 'works on flaws'],
  ['administrator', 'keeps people and tokens'],
  ['inspector', 'reads who did what, never content'],
  ['maintainer', 'gets what is sent to a project'],
  ['operator', 'gets what must be patched'],
  ['developer', 'gives early access to a model'],
  ['evaluator', 'measures a model'],
  ['group-admin', 'keeps the people of their organisation'],
]

/** A set of roles as check boxes; `gives` are those that whoever chooses may give. */
export function RoleChoice({
  legend,
  gives,
  value,
  onChange,
}: {
  legend: string
  gives: readonly Role[]
  value: readonly string[]
  onChange: (roles: string[]) => void
}) {
  return (
    <fieldset className="stack tight">
      <legend>{legend}</legend>
      <div className="grid2 tightgrid">
        {ROLES.filter(([role]) => gives.includes(role)).map(([role, says]) => (
          <label key={role} className="choice">
            <input
              type="checkbox"
              checked={value.includes(role)}
              onChange={() => onChange(value.includes(role) ? value.filter((one) => one !== role) : [...value, role])}
            />
            <span>
              {role} <span className="xs i3">{says}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
