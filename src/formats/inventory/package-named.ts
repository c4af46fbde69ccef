import type { Draft, ImpliedPurl } from './draft.ts'

/** A package by its whole name, scope or vendor included, as its ecosystem writes it. */
export function packageNamed(type: string, whole: string): ImpliedPurl {
  const slash = whole.lastIndexOf('/')
  return slash < 0
    ? { type, namespace: null, name: whole }
    : { type, namespace: whole.slice(0, slash), name: whole.slice(slash + 1) }
}

/** What a lock file says of one package: its ecosystem follows from the file, so the purl is implied. */
export function lockedDraft(type: string, whole: string, version: string | null, place: string): Draft {
  return { ...namedDraft(whole, version, place), implied: packageNamed(type, whole) }
}

/** A thing with a name and perhaps a version that no ecosystem knows. */
export function namedDraft(name: string, version: string | null, place: string, type: string | null = 'library'): Draft {
  return { purls: NONE, cpes: NONE, group: null, name, version, type, marks: NONE, place }
}

const NONE: readonly string[] = []
