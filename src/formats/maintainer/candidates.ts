import type { TermsDraft } from './terms-draft.ts'

/** One suggested value with every place that suggests it. */
export interface Candidate {
  readonly value: unknown
  readonly from: readonly { readonly file: string; readonly line: number; readonly stated: boolean }[]
}

/** What drafts together suggest for one place of the terms, the first draft's word first; more than one: a person chooses. */
export interface Suggested {
  readonly at: string
  readonly candidates: readonly Candidate[]
}

/** Lays drafts side by side: equal values once, with all their sources. Give the files in the order in which they are trusted. */
export function candidatesOf(drafts: readonly TermsDraft[]): Suggested[] {
  const places = new Map<string, Map<string, { value: unknown; from: { file: string; line: number; stated: boolean }[] }>>()
  for (const { file, fields } of drafts)
    for (const { at, value, line, stated } of fields) {
      const here = places.get(at) ?? new Map()
      places.set(at, here)
      const key = JSON.stringify(value)
      const one = here.get(key) ?? { value, from: [] }
      here.set(key, one)
      one.from.push({ file, line, stated })
    }
  // What a field states goes before what prose hints at; else the order of the files and of their lines holds.
  const weight = (candidate: Candidate) => (candidate.from.some(({ stated }) => stated) ? 0 : 1)
  return [...places].map(([at, here]) => ({ at, candidates: [...here.values()].sort((a, b) => weight(a) - weight(b)) }))
}
