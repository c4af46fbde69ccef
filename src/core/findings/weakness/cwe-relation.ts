import { ancestorsOf, cweNumber, parentsOf } from './cwe-tree.ts'

export type CweRelation = 'same' | 'ancestor' | 'sibling' | 'other'

/** How two CWE ids stand to each other in the Research view: one above the other, children of one parent, or neither. */
export function cweRelation(a: string, b: string): CweRelation {
  const [one, two] = [cweNumber(a), cweNumber(b)]
  if (one === null || two === null) return 'other'
  if (one === two) return 'same'
  if (ancestorsOf(one).includes(two) || ancestorsOf(two).includes(one)) return 'ancestor'
  const siblings = parentsOf(one).some((parent) => !isPillar(parent) && parentsOf(two).includes(parent))
  return siblings ? 'sibling' : 'other'
}

/** Whether `above` is an ancestor of `below`. */
export function isAncestor(above: string, below: string): boolean {
  const [one, two] = [cweNumber(above), cweNumber(below)]
  return one !== null && two !== null && ancestorsOf(two).includes(one)
}

// Children of a pillar share next to nothing: "improper neutralisation" covers SQL injection and integer parsing alike.
function isPillar(cwe: number): boolean {
  return parentsOf(cwe).length === 0
}
