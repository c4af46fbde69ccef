import { readBrackets } from './native/brackets.ts'
import { readComparators, readNginxRange } from './native/comparators.ts'
import { readConanRange } from './native/conan.ts'
import { readGemRange } from './native/gem.ts'
import { readNpmRange } from './native/npm.ts'
import { NATIVE_CHARACTERS } from './native/partial.ts'
import { readPypiRange } from './native/pypi.ts'
import type { Constraint, Vers } from './parts.ts'
import { sortConstraints } from './sort.ts'

type Reader = (text: string) => Constraint[] | null

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['npm', readNpmRange],
  ['conan', readConanRange],
  ['gem', readGemRange],
  ['pypi', readPypiRange],
  ['maven', (text) => readBrackets(text, '=')],
  ['nuget', (text) => readBrackets(text, '>=')],
  ['nginx', readNginxRange],
])

/** A native range (`^1.2`, `[1.0,2.0)`, `~> 2.0`, GitHub's `>= 1.0, < 2.0` for schemes without one) as a sorted VERS; null: unreadable. */
export function versFromNative(type: string, text: string): Vers | null {
  if (text.length > NATIVE_CHARACTERS) return null
  const constraints = (READERS.get(type) ?? readComparators)(text.replace(/\s+/g, ' '))
  return constraints && constraints.length > 0 ? { type, constraints: sortConstraints(type, constraints) } : null
}
