import type { Member } from '../zip/directory.ts'

/** The sequences of a chunked sample that are cut into members. */
export type ChunkedSequence = 'messages' | 'events' | 'calls' | 'attachments'

export interface Chunk {
  readonly member: Member
  /** Index of its first item: it is the member's name. */
  readonly from: number
  /** Index after its last; infinite for the last chunk, which does not say. */
  readonly to: number
}

/** The chunks of one sequence in their order. */
export function chunksOf(members: ReadonlyMap<string, Member>, sequence: ChunkedSequence): readonly Chunk[] {
  const starts = [...members]
    .map(([name, member]) => ({ member, from: startOf(name, sequence) }))
    .filter((chunk) => chunk.from >= 0)
    .sort((a, b) => a.from - b.from)
  return starts.map((chunk, k) => ({ ...chunk, to: starts[k + 1]?.from ?? Number.POSITIVE_INFINITY }))
}

function startOf(name: string, sequence: string): number {
  const digits = name.startsWith(`${sequence}/`) ? /^(\d{1,9})\.json$/.exec(name.slice(sequence.length + 1)) : null
  return digits ? Number(digits[1]) : -1
}
