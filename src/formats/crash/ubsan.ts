import type { Frame } from '../../core/findings/finding.ts'
import { parsePlace } from './frame-line.ts'
import { readStack } from './native-stack.ts'
import { crashOf, type Family } from './reading.ts'

const MARK = ': runtime error: '
const PLACE = /^\s*(.{1,1024}?:\d{1,9}(?::\d{1,9})?)$/

const KINDS: readonly (readonly [RegExp, string])[] = [
  [
    /^control flow integrity check|downcast of address|does not point to an object of type|cast to virtual base|upcast of/,
    'bad-cast',
  ],
  [/^division by zero/, 'divide-by-zero'],
  [/^index .{1,80} out of bounds/, 'index-out-of-bounds'],
  [/^unsigned integer overflow/, 'unsigned-integer-overflow'],
  [
    /^(?:signed integer overflow|negation of .{1,80} cannot be represented|division of .{1,80} cannot be represented)/,
    'integer-overflow',
  ],
  [/misaligned address|assumption of .{1,40} alignment/, 'misaligned-address'],
  [/variable length array bound/, 'non-positive-vla-bound-value'],
  [/null pointer (?:of type|passed|returned)|within null pointer|on null pointer|to null pointer of type/, 'null-dereference'],
  [/insufficient space for an object/, 'object-size'],
  [
    /^(?:pointer index expression|addition of unsigned offset|subtraction of unsigned offset|applying (?:non-)?zero)/,
    'pointer-overflow',
  ],
  [/^applying .{1,60} offset/, 'pointer-overflow'],
  [/^shift exponent/, 'undefined-shift'],
  [/^left shift/, 'undefined-shift'],
  [/not a valid value for type 'bool'|not a valid value for type '_?Bool/, 'invalid-bool-value'],
  [/not a valid value for type/, 'invalid-enum-value'],
  [/outside the range of representable values/, 'float-cast-overflow'],
  [/^implicit conversion/, 'implicit-conversion'],
  [/null pointer passed as argument/, 'invalid-null-argument'],
  [/null pointer returned from function/, 'invalid-null-return'],
  [/^execution reached an unreachable/, 'unreachable code'],
  [/end of a value-returning function/, 'no-return-value'],
  [/through pointer to incorrect function type/, 'incorrect-function-pointer-type'],
  [/^passing zero to/, 'invalid-builtin-use'],
]

/** UndefinedBehaviorSanitizer: `file:line:col: runtime error: …`, with or without a stack. */
export const UBSAN: Family = {
  weigh(line) {
    const at = line.indexOf(MARK)
    return at > 0 && PLACE.test(line.slice(0, at)) ? 'finding' : null
  },
  read(lines, at, until) {
    const line = lines[at]!
    const mark = line.indexOf(MARK)
    if (mark < 0) return null
    const text = line.slice(mark + MARK.length)
    const kind = KINDS.find(([pattern]) => pattern.test(text))?.[1] ?? 'undefined-behavior'
    const { frames } = readStack(lines, at + 1, until, 12)
    const place = parsePlace(line.slice(0, mark).trim())
    const own: Frame = { symbol: null, ...place, module: null }
    const access = /^load of/.test(text) ? 'read' : /^store to/.test(text) ? 'write' : null
    const address = /address (0x[0-9a-f]{1,16})/.exec(text)?.[1] ?? null
    const crash = crashOf('ubsan', kind, { access: kind === 'null-dereference' ? access : null, address })
    return {
      crash,
      stack: frames.length > 0 ? frames : [own],
      otherStacks: [],
      message: kind === 'bad-cast' ? castOf(text, lines, at) : null,
    }
  },
}

/** `Bad-cast to A from B`, as the note after a failed cast tells it. */
function castOf(text: string, lines: readonly string[], at: number): string | null {
  const named = /(?:object of type|check for type) (?:'([^']{1,200})'|(.{1,200}))/.exec(text)
  const to = (named?.[1] ?? named?.[2])?.replace(/ (?:failed )?during .{0,200}$| failed$/, '')
  if (to === undefined) return null
  for (const line of lines.slice(at + 1, at + 4)) {
    const from = /note: (?:object is of type|vtable is of type) '?([^'(]{1,200}?)'?$/.exec(line)?.[1]
    if (from !== undefined) return `Bad-cast to ${to.trim()} from ${from.trim()}`
    if (/note: (?:object has )?invalid (?:vptr|vtable)/.test(line)) return `Bad-cast to ${to.trim()} from invalid vptr`
  }
  return `Bad-cast to ${to.trim()}`
}
