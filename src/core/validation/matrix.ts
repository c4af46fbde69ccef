// Does the patch of A stop the reproducer of B, and the reverse?

export interface Cell {
  readonly patch: string
  readonly reproducer: string
  /** `silent`: stopped; `fires`: the same bug still; `other`: another bug fires on that build; `no-answer`: see `say`. */
  readonly outcome: 'silent' | 'fires' | 'sometimes' | 'other' | 'no-answer'
  readonly fired: number
  readonly of: number
  readonly say: string
}

/** What two reproducers' cells say of their bugs. Only validated patches count. One way is an edge, never a merge. */
export interface Relation {
  readonly a: string
  readonly b: string
  readonly relation: 'same' | 'a-covers-b' | 'b-covers-a' | 'apart' | 'unknown'
  readonly say: string
}

export interface Matrix {
  readonly cells: readonly Cell[]
  readonly relations: readonly Relation[]
}
