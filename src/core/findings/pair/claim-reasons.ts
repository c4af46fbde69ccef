import { contradict } from '../normal/aliases.ts'
import { cweRelation, isAncestor } from '../weakness/cwe-relation.ts'
import { isKin, weaknessFamily } from '../weakness/weakness-family.ts'
import type { Features } from './features.ts'
import { quoted, type Reason, reason } from './reason.ts'

/** What the public names and the targets of two findings say. */
export function nameReasons(a: Features, b: Features): Reason[] {
  const out: Reason[] = []
  const shared = a.aliases.find((alias) => b.aliases.includes(alias))
  if (contradict(a.aliases, b.aliases)) out.push(reason('alias-differs', 'Named by different CVE ids'))
  else if (shared !== undefined) out.push(reason('alias-same', `Both are called ${quoted(shared)}`))
  if (a.target !== null && b.target !== null) {
    out.push(
      a.target === b.target
        ? reason('target-same', `Same target ${quoted(a.target)}`)
        : reason('target-differs', 'Different targets stated'),
    )
  }
  return out
}

/** What the stated weaknesses say: the closest relation between any of one and any of the other. */
export function weaknessReasons(a: Features, b: Features): Reason[] {
  const out: Reason[] = []
  const closest = closestRelation(a.cwes, b.cwes)
  if (closest !== null) out.push(closest)
  if (a.tool !== null && a.tool === b.tool && a.rule !== null && b.rule !== null) {
    out.push(
      a.rule === b.rule
        ? reason('rule-same', `Same rule ${quoted(a.rule)} of one tool`)
        : reason('rule-differs', 'One tool tells them apart by rule'),
    )
  }
  return out
}

function closestRelation(as: readonly string[], bs: readonly string[]): Reason | null {
  if (as.length === 0 || bs.length === 0) return null
  let best: Reason | null = null
  for (const a of as) {
    for (const b of bs) {
      const seen = relationReason(a, b)
      if (best === null || seen.weight > best.weight) best = seen
    }
  }
  return best
}

function relationReason(a: string, b: string): Reason {
  const relation = cweRelation(a, b)
  if (relation === 'same') return reason('cwe-same', `Same weakness ${a}`)
  if (relation === 'ancestor') {
    const [above, below] = isAncestor(a, b) ? [a, b] : [b, a]
    return reason('cwe-ancestor', `Weakness ${below} is a kind of ${above}`)
  }
  if (relation === 'sibling') return reason('cwe-sibling', `Weaknesses ${a} and ${b} are kinds of one`)
  const [one, two] = [weaknessFamily(a), weaknessFamily(b)]
  if (one !== null && two !== null && isKin(one, two))
    return reason('family-kin', `Weaknesses ${a} and ${b} often meet in one flaw`)
  return reason('family-differs', `Weaknesses ${quoted(a)} and ${quoted(b)} have little in common`)
}
