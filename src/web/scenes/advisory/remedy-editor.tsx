import { REMEDY_KINDS } from '../../../core/advisories/content.ts'
import { Field } from '../../parts/form/field.tsx'
import type { FlawEdit } from './flaw-editor.tsx'
import { REMEDY } from './words.ts'

/** What readers can do, in order. */
export function RemedyEditor({ flaw, set }: FlawEdit) {
  return (
    <div className="stack tight">
      <h3>What to do</h3>
      {flaw.remedies.map((one, n) => {
        const change = (part: Partial<typeof one>) =>
          set({ ...flaw, remedies: flaw.remedies.map((two, m) => (m === n ? { ...two, ...part } : two)) })
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a remedy that is being written has no other key
          <div key={n} className="affectedrow">
            <Field label="In words">
              {(ids) => (
                <input
                  {...ids}
                  className="small"
                  value={one.text}
                  maxLength={2000}
                  onChange={(event) => change({ text: event.target.value })}
                />
              )}
            </Field>
            <Field label="It is a">
              {(ids) => (
                <select
                  {...ids}
                  className="small"
                  value={one.kind}
                  onChange={(event) => change({ kind: REMEDY_KINDS.find((kind) => kind === event.target.value) ?? 'fix' })}
                >
                  {REMEDY_KINDS.map((kind) => (
                    <option key={kind} value={kind}>
                      {REMEDY[kind]}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          </div>
        )
      })}
      <p>
        <button
          type="button"
          className="btn small"
          onClick={() => set({ ...flaw, remedies: [...flaw.remedies, { kind: 'fix', text: '', url: null }] })}
        >
          Add what to do
        </button>
      </p>
    </div>
  )
}
