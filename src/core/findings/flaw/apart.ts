import type { Flaw, FlawId } from './flaw.ts'

/** The ids a flaw stands for: its own and those of every flaw merged into it, at any depth. */
export function absorbed(flaw: Flaw): FlawId[] {
  return [flaw.id, ...flaw.merges.flatMap((merge) => merge.absorbed)]
}

/** The flaws that a person said are others than this one, or than one merged into it. */
export function keptFrom(flaw: Flaw): FlawId[] {
  return [...flaw.apart.map(({ other }) => other), ...flaw.merges.flatMap((merge) => merge.keptFrom)]
}

/** Whether a person has said that these are two flaws, of them or of flaws merged into them. */
export function areApart(a: Flaw, b: Flaw): boolean {
  return meet(keptFrom(a), absorbed(b)) || meet(keptFrom(b), absorbed(a))
}

function meet(a: readonly FlawId[], b: readonly FlawId[]): boolean {
  if (a.length === 0) return false
  const known = new Set(b)
  return a.some((id) => known.has(id))
}
