import type { Relation } from './matrix.ts'

/** Evidence for the clusterer about two findings. `covers`: the patch of `a` stops `b`, and not the reverse: never a merge. */
export interface ProofEdge {
  readonly a: string
  readonly b: string
  readonly kind: 'same' | 'covers' | 'apart'
  readonly say: string
}

/**
 * What a matrix says about findings, from its relations and the finding each reproducer came with. Two findings with several
 * reproducers that contradict each other get no edge: a person decides.
 */
export function proofEdges(relations: readonly Relation[], findingOf: ReadonlyMap<string, string>): ProofEdge[] {
  const pairs = new Map<string, ProofEdge[]>()
  for (const relation of relations) {
    const [a, b] = [findingOf.get(relation.a), findingOf.get(relation.b)]
    if (a === undefined || b === undefined || a === b || relation.relation === 'unknown') continue
    const edge = edgeOf(relation, a, b)
    const key = a < b ? `${a}\n${b}` : `${b}\n${a}`
    pairs.set(key, [...(pairs.get(key) ?? []), edge])
  }
  return [...pairs.values()].flatMap((edges) => {
    const kinds = new Set(edges.map((edge) => (edge.kind === 'covers' ? `${edge.a} covers` : edge.kind)))
    return kinds.size === 1 ? [edges[0]!] : []
  })
}

function edgeOf(relation: Relation, a: string, b: string): ProofEdge {
  const { say } = relation
  if (relation.relation === 'a-covers-b') return { a, b, kind: 'covers', say }
  if (relation.relation === 'b-covers-a') return { a: b, b: a, kind: 'covers', say }
  const [one, two] = a < b ? [a, b] : [b, a]
  return { a: one, b: two, kind: relation.relation === 'same' ? 'same' : 'apart', say }
}
