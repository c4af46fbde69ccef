/** A version range specifier (VERS): which versions of one scheme, as a list of constraints. */
export interface Vers {
  /** The versioning scheme in lower case: `npm`, `pypi`, `deb`, `intdot`, … */
  readonly type: string
  readonly constraints: readonly Constraint[]
}

export interface Constraint {
  readonly comparator: Comparator
  /** Decoded; empty for `*`. */
  readonly version: string
}

export type Comparator = '=' | '!=' | '<' | '<=' | '>' | '>=' | '*'

/** Why a text is no VERS in canonical form. */
export type VersRefusal = keyof typeof VERS_REFUSALS

export type ParsedVers =
  | { readonly ok: true; readonly vers: Vers }
  | { readonly ok: false; readonly code: VersRefusal; readonly why: string }

/** Most characters of a VERS text, and most constraints in it: far above any real one. */
export const VERS_CHARACTERS = 262_144
export const VERS_CONSTRAINTS = 20_000

export const VERS_REFUSALS = {
  'too-long': `A VERS has at most ${VERS_CHARACTERS} characters and ${VERS_CONSTRAINTS} constraints.`,
  'no-vers': 'A VERS is written vers:type/constraints, its type in lower case.',
  whitespace: 'Whitespace is not permitted.',
  'leading-pipe': 'Leading pipe is not permitted.',
  'trailing-pipe': 'Trailing pipe is not permitted.',
  'consecutive-pipes': 'Consecutive pipes are not permitted.',
  'no-version': 'A constraint is a comparator and a version.',
  star: 'A star stands alone.',
  unencoded: 'A version is printable ASCII, and its comparators and separators are percent-encoded.',
  'invalid-encoding': 'Invalid percent-encoding in version.',
  'encoding-not-canonical': 'Percent-encoding in version is not canonical.',
  'encoded-colon': 'Datetime time colons must be unencoded.',
  'datetime-case': 'Datetime must use uppercase T and Z.',
  'invalid-datetime': 'A datetime is an RFC 3339 timestamp with a zone.',
  unsorted: 'Constraints are not sorted by version.',
} as const

/** A refusal with its sentence. */
export function refuseVers(code: VersRefusal): ParsedVers & { readonly ok: false } {
  return { ok: false, code, why: VERS_REFUSALS[code] }
}
