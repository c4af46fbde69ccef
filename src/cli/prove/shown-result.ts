import type { ValidationResult } from '../../contract/shapes/validation.ts'
import type { OutcomeView } from '../validate/outcome-lines.ts'

// The sanitizer's own frames, and what the C library runs before a program's own.
const RUNTIME = /^_/

/** A server's result as the tables of `weir validate` show one: findings by their letters, pieces by their names. */
export function shownResult(result: ValidationResult): OutcomeView {
  const { builds, reproducers, patches, matrix, minimised, ranges } = result
  const short = shortNames(reproducers.map(({ reproducer, letter }) => [reproducer, letter]))
  const patchNames = new Map(patches.map(({ patch, letter, name }) => [patch, `${letter} ${name}`]))
  const name = (id: string) => short.get(id) ?? id
  return {
    builds,
    reproducers: reproducers.map((one) => ({
      ...one,
      reproducer: `${name(one.reproducer)} ${one.name}`,
      alsoMet: one.alsoMet.map((state) => [state]),
      seen:
        one.type === null && one.stack.length === 0
          ? null
          : {
              type: one.type,
              state: one.stack.flatMap(({ symbol }) => (symbol === null || RUNTIME.test(symbol) ? [] : symbol)),
            },
    })),
    patches: patches.map((one) => ({ ...one, patch: patchNames.get(one.patch) ?? one.patch })),
    matrix:
      matrix === null
        ? null
        : {
            cells: matrix.cells.map((cell) => ({
              ...cell,
              patch: patchNames.get(cell.patch) ?? cell.patch,
              reproducer: name(cell.reproducer),
            })),
            relations: matrix.relations.map((one) => ({ ...one, a: name(one.a), b: name(one.b) })),
          },
    minimised: minimised.map(({ reproducer, say }) => ({ reproducer: name(reproducer), say })),
    ranges: ranges.map(({ reproducer, say }) => ({ reproducer: name(reproducer), say })),
  }
}

/** The letter of the finding; numbered where several came with one finding. */
function shortNames(pieces: readonly (readonly [string, string])[]): Map<string, string> {
  const count = new Map<string, number>()
  for (const [, letter] of pieces) count.set(letter, (count.get(letter) ?? 0) + 1)
  const next = new Map<string, number>()
  return new Map(
    pieces.map(([id, letter]) => {
      if (count.get(letter) === 1) return [id, letter]
      const n = (next.get(letter) ?? 0) + 1
      next.set(letter, n)
      return [id, `${letter}${n}`]
    }),
  )
}
