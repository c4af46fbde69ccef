import type { AdvisoryFlaw } from '../../../core/advisories/content.ts'
import { Field } from '../../parts/form/field.tsx'
import { AffectedEditor } from './affected-editor.tsx'
import { ListField } from './list-field.tsx'
import { RemedyEditor } from './remedy-editor.tsx'

export interface FlawEdit {
  readonly flaw: AdvisoryFlaw
  readonly set: (flaw: AdvisoryFlaw) => void
}

/** What is said of one flaw: what it is, what it is called, what it is in, and what to do. */
export function FlawEditor({ flaw, set, number }: FlawEdit & { number: number | null }) {
  return (
    <fieldset className="stack">
      <legend>{number === null ? 'The flaw' : `Flaw ${number}`}</legend>
      <Field label="Its title">
        {(ids) => (
          <input
            {...ids}
            value={flaw.title}
            maxLength={300}
            onChange={(event) => set({ ...flaw, title: event.target.value })}
          />
        )}
      </Field>
      <Field label="Description">
        {(ids) => (
          <textarea
            {...ids}
            rows={5}
            maxLength={50_000}
            value={flaw.description}
            onChange={(event) => set({ ...flaw, description: event.target.value })}
          />
        )}
      </Field>
      <div className="grid2">
        <ListField
          label="Names"
          hint="CVE, GHSA and other ids, set apart by spaces"
          list={flaw.aliases}
          set={(aliases) => set({ ...flaw, aliases })}
        />
        <ListField
          label="Weaknesses"
          hint="CWE ids, the one that says most first"
          list={flaw.weaknesses}
          set={(weaknesses) => set({ ...flaw, weaknesses })}
        />
      </div>
      <AffectedEditor flaw={flaw} set={set} />
      <RemedyEditor flaw={flaw} set={set} />
    </fieldset>
  )
}
