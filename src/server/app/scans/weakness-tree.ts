import { ancestorsOf, cweNumber } from '../../../core/findings/weakness/cwe-tree.ts'
import { familyTops, isKin, type WeaknessFamily, weaknessFamily } from '../../../core/findings/weakness/weakness-family.ts'
import type { WeaknessTree } from '../../../core/scans/weakness-class.ts'

const ABOVE = new Map<number, readonly number[]>()

/** The weaknesses above one; the tree is fixed, and numbers end at 99,999. */
function above(cwe: number): readonly number[] {
  const known = ABOVE.get(cwe)
  if (known !== undefined) return known
  const found = ancestorsOf(cwe)
  ABOVE.set(cwe, found)
  return found
}

/** CWE's Research view and Weir's families, as claims are held against them. */
export const WEAKNESSES: WeaknessTree = {
  number: cweNumber,
  above,
  familyOf: (cwe) => weaknessFamily(`CWE-${cwe}`),
  // Both came through `tops`, which knows families only.
  kin: (a, b) => isKin(a as WeaknessFamily, b as WeaknessFamily),
  tops: familyTops,
}
