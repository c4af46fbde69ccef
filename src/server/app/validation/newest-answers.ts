import type { PatchVerdict } from '../../../core/validation/ladder.ts'
import type { Cell, Relation } from '../../../core/validation/matrix.ts'
import type { Outcome } from '../../../core/validation/outcome.ts'
import type { ReproducerVerdict } from '../../../core/validation/verdict.ts'
import type { StoredProof } from './stored-proof.ts'

/** One ended validation. */
export interface PastResult {
  readonly validation: string
  readonly outcome: Outcome
  readonly proof: StoredProof
}

interface Answer<T> {
  readonly of: T
  readonly validation: string
}

export interface NewestAnswers {
  readonly reproducers: readonly Answer<ReproducerVerdict>[]
  readonly patches: readonly Answer<PatchVerdict>[]
  /** `disagrees`: an older validation saw another outcome in that cell. */
  readonly cells: readonly (Answer<Cell> & { readonly disagrees: boolean })[]
  readonly relations: readonly Answer<Relation>[]
}

/** The newest answer to each question. `past` has the newest first. */
export function newestAnswers(past: readonly PastResult[]): NewestAnswers {
  const newest = <T>(list: (outcome: Outcome) => readonly T[], name: (one: T) => string): Answer<T>[] => {
    const found = new Map<string, Answer<T>>()
    for (const { validation, outcome } of past)
      for (const of of list(outcome)) if (!found.has(name(of))) found.set(name(of), { of, validation })
    return [...found.values()]
  }
  const place = ({ patch, reproducer }: Cell) => `${patch} ${reproducer}`
  const seen = new Map<string, Set<string>>()
  for (const { outcome } of past)
    for (const cell of outcome.matrix?.cells ?? []) {
      if (cell.outcome === 'no-answer') continue
      const held = seen.get(place(cell))
      if (held === undefined) seen.set(place(cell), new Set([cell.outcome]))
      else held.add(cell.outcome)
    }
  return {
    reproducers: newest(
      ({ reproducers }) => reproducers,
      ({ reproducer }) => reproducer,
    ),
    patches: newest(
      ({ patches }) => patches,
      ({ patch }) => patch,
    ),
    cells: newest(({ matrix }) => matrix?.cells ?? [], place).map((one) => ({
      ...one,
      disagrees: (seen.get(place(one.of))?.size ?? 0) > 1,
    })),
    relations: newest(
      ({ matrix }) => matrix?.relations ?? [],
      ({ a, b }) => (a < b ? `${a} ${b}` : `${b} ${a}`),
    ),
  }
}
