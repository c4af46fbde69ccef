import { Field } from '../../parts/form/field.tsx'

/** Where a project says something, and the day on which somebody read it there, as a form has them. */
export interface WrittenSource {
  readonly source: string
  readonly on: string
}

/** The same, as the server takes it: the day begins in UTC. */
export function statedSource({ source, on }: WrittenSource): WrittenSource {
  return { source: source.trim(), on: `${on}T00:00:00.000Z` }
}

/** Asks where it says so, and when that was read. */
export function StatedSource({ said, set }: { said: WrittenSource; set: (part: Partial<WrittenSource>) => void }) {
  return (
    <>
      <Field label="Where it says so" hint="Shown, never fetched">
        {(ids) => (
          <input
            {...ids}
            required
            maxLength={500}
            value={said.source}
            onChange={(event) => set({ source: event.target.value })}
          />
        )}
      </Field>
      <Field label="Read there on">
        {(ids) => <input {...ids} type="date" required value={said.on} onChange={(event) => set({ on: event.target.value })} />}
      </Field>
    </>
  )
}
