/** One row of a machine: what may happen in a state and which state it leads to. */
export interface Transition<State extends string, Move extends string> {
  readonly from: State
  readonly move: Move
  readonly to: State
}

/** The state that the table's row leads to; null where it has no such row. */
export function stepBy<State extends string, Move extends string>(
  table: readonly Transition<State, Move>[],
  from: State,
  move: Move,
): State | null {
  return table.find((row) => row.from === from && row.move === move)?.to ?? null
}
