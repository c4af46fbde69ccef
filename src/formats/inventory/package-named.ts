import type { ImpliedPurl } from './draft.ts'

/** A package by its whole name, scope or vendor included, as its ecosystem writes it. */
export function packageNamed(type: string, whole: string): ImpliedPurl {
  const slash = whole.lastIndexOf('/')
  return slash < 0
    ? { type, namespace: null, name: whole }
    : { type, namespace: whole.slice(0, slash), name: whole.slice(slash + 1) }
}
