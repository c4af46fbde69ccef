import { CARRIED } from '../../../core/cases/terms/project-terms.ts'
import { Field } from '../../parts/form/field.tsx'
import type { TermsPartProps } from './terms-editor.tsx'
import { CARRIED_WORDS } from './words.ts'

const ROUTES = [
  ['mail', 'Mail'],
  ['private-advisory', 'Private advisory'],
  ['form', 'Form'],
  ['coordinator', 'Coordinator'],
] as const

/** Where reports go and what each must come with. */
export function TermsContact({ terms, set }: TermsPartProps) {
  const { contact, report } = terms
  const setReport = (part: Partial<typeof report>) => set({ ...terms, report: { ...report, ...part } })
  return (
    <fieldset className="stack">
      <legend>Where reports go, and what they carry</legend>
      <div className="grid2">
        <Field label="By">
          {(ids) => (
            <select
              {...ids}
              value={contact?.route ?? ''}
              onChange={(event) => {
                const route = ROUTES.find(([one]) => one === event.target.value)?.[0]
                set({ ...terms, contact: route ? { route, at: contact?.at ?? '', keys: contact?.keys ?? [] } : null })
              }}
            >
              <option value="">not said</option>
              {ROUTES.map(([route, word]) => (
                <option key={route} value={route}>
                  {word}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Address" hint="Mail, or https for an advisory or a form">
          {(ids) => (
            <input
              {...ids}
              value={contact?.at ?? ''}
              maxLength={500}
              disabled={contact === null}
              onChange={(event) => contact && set({ ...terms, contact: { ...contact, at: event.target.value.trim() } })}
            />
          )}
        </Field>
      </div>
      <div className="checkgrid">
        {CARRIED.map((one) => (
          <Tick
            key={one}
            label={`Must carry ${CARRIED_WORDS[one]}`}
            on={report.mustCarry.includes(one)}
            set={(on) => setReport({ mustCarry: CARRIED.filter((two) => (two === one ? on : report.mustCarry.includes(two))) })}
          />
        ))}
        <Tick label="Plain text" on={report.plainText} set={(plainText) => setReport({ plainText })} />
        <Tick label="Also what no person has checked" on={report.unchecked} set={(unchecked) => setReport({ unchecked })} />
      </div>
      <Field label="At most, in characters" hint="Empty: no limit">
        {(ids) => (
          <input
            {...ids}
            type="number"
            min={200}
            max={1_000_000}
            value={report.mostCharacters ?? ''}
            onChange={(event) =>
              setReport({ mostCharacters: event.target.value === '' ? null : Math.trunc(Number(event.target.value)) })
            }
          />
        )}
      </Field>
    </fieldset>
  )
}

/** One yes or no. */
export function Tick({ label, on, set }: { label: string; on: boolean; set: (on: boolean) => void }) {
  return (
    <label className="choice">
      <input type="checkbox" checked={on} onChange={(event) => set(event.target.checked)} />
      {label}
    </label>
  )
}
