import { type EmbargoStance, type FloorWord, SEVERITY_WORDS } from '../../../core/cases/terms/project-terms.ts'
import { Field } from '../../parts/form/field.tsx'
import { Tick } from './terms-contact.tsx'
import type { TermsPartProps } from './terms-editor.tsx'

/** What the project leaves out, from which severity on, what a model found, and how long secrets are kept. */
export function TermsLimits({ terms, set }: TermsPartProps) {
  const { outOfScope, severityFloor, ai, embargo, optOut } = terms
  return (
    <fieldset className="stack">
      <legend>What is left out</legend>
      <Field label="In your words" hint="What the threat model leaves out; a person reads it.">
        {(ids) => (
          <textarea
            {...ids}
            rows={3}
            maxLength={10_000}
            value={outOfScope.words ?? ''}
            onChange={(event) => set({ ...terms, outOfScope: { ...outOfScope, words: event.target.value || null } })}
          />
        )}
      </Field>
      <div className="grid2">
        <Field label="Least severity">
          {(ids) => (
            <select
              {...ids}
              value={severityFloor === null ? '' : severityFloor.by === 'word' ? severityFloor.least : 'cvss'}
              onChange={(event) => {
                const least = SEVERITY_WORDS.find((word) => word === event.target.value) as FloorWord | undefined
                if (event.target.value !== 'cvss') set({ ...terms, severityFloor: least ? { by: 'word', least } : null })
              }}
            >
              <option value="">not said</option>
              {SEVERITY_WORDS.map((word) => (
                <option key={word}>{word}</option>
              ))}
              {severityFloor?.by === 'cvss' ? <option value="cvss">CVSS {severityFloor.least}, from the file</option> : null}
            </select>
          )}
        </Field>
        <Field label="What a model found">
          {(ids) => (
            <select
              {...ids}
              value={ai.found}
              onChange={(event) =>
                set({ ...terms, ai: { ...ai, found: event.target.value === 'refused' ? 'refused' : 'accepted' } })
              }
            >
              <option value="accepted">is taken</option>
              <option value="refused">is not taken</option>
            </select>
          )}
        </Field>
        <Field label="That a model was used">
          {(ids) => (
            <select
              {...ids}
              value={ai.disclosure}
              onChange={(event) => set({ ...terms, ai: { ...ai, disclosure: event.target.value as typeof ai.disclosure } })}
            >
              <option value="required">must be said</option>
              <option value="welcome">is welcome to be said</option>
              <option value="unwanted">need not be said</option>
            </select>
          )}
        </Field>
        <Embargo embargo={embargo} set={(next) => set({ ...terms, embargo: next })} />
      </div>
      <div className="checkgrid">
        <Tick
          label="No reports at all"
          on={optOut.reports}
          set={(reports) => set({ ...terms, optOut: { ...optOut, reports } })}
        />
        <Tick label="No scans" on={optOut.scans} set={(scans) => set({ ...terms, optOut: { ...optOut, scans } })} />
      </div>
    </fieldset>
  )
}

function Embargo({ embargo, set }: { embargo: EmbargoStance; set: (next: EmbargoStance) => void }) {
  return (
    <>
      <Field label="Embargo">
        {(ids) => (
          <select
            {...ids}
            value={embargo.stance}
            onChange={(event) => {
              const { value } = event.target
              if (value === 'days') set({ stance: 'days', most: 90 })
              else if (value === 'unstated' || value === 'none') set({ stance: value })
            }}
          >
            <option value="unstated">not said</option>
            <option value="none">nothing is kept secret</option>
            <option value="days">at most some days</option>
            {embargo.stance === 'policy' ? <option value="policy">{embargo.policy.slice(0, 60)}, from the file</option> : null}
          </select>
        )}
      </Field>
      {embargo.stance === 'days' ? (
        <Field label="Days, at most">
          {(ids) => (
            <input
              {...ids}
              type="number"
              min={0}
              max={3650}
              value={embargo.most}
              onChange={(event) => set({ stance: 'days', most: Math.trunc(Number(event.target.value)) })}
            />
          )}
        </Field>
      ) : null}
    </>
  )
}
