// Plain lists of comparators: GitHub's advisories (`>= 1.0, < 1.2.3`), GitLab's (`>=1.0 <1.2.3||=2.0`), OpenSSL's and nginx's lists.
import { SEMVER } from '../../version/semver.ts'
import type { Comparator, Constraint } from '../parts.ts'
import { constraint } from './partial.ts'

const ITEM = /(>=|<=|!=|==|>|<|=)?\s*([^\s,<>=!|*]+)/g
const NGINX = /^(\d+)\.(\d+)\.(\d+)(\+|-(\d+\.\d+\.\d+))?$/

/** The constraints of comparators between commas, spaces and double pipes, unsorted; null where something else stands there. */
export function readComparators(text: string): Constraint[] | null {
  if (text.trim() === '*') return [constraint('*', '')]
  if (/[^\s,|]/.test(text.replace(ITEM, ''))) return null
  const out = [...text.matchAll(ITEM)].map(([, sign = '=', version = '']) =>
    constraint(sign === '==' ? '=' : (sign as Comparator), version),
  )
  return out.length === 0 ? null : out
}

/** nginx's security advisories: `1.4.1+` reaches to the end of a stable branch (an even number), or on from a mainline one. */
export function readNginxRange(text: string): Constraint[] | null {
  const sets: Constraint[][] = []
  for (const item of text.split(',')) {
    const found = NGINX.exec(item.trim())
    if (!found) return null
    const set: Constraint[] = []
    const [, major = '', minor = '', patch = '', tail, to] = found
    const version = `${major}.${minor}.${patch}`
    set.push(constraint(tail === undefined ? '=' : '>=', version))
    if (to !== undefined) set.push(constraint('<=', to))
    else if (tail === '+' && BigInt(minor) % 2n === 0n) set.push(constraint('<', `${major}.${BigInt(minor) + 1n}.0`))
    sets.push(set)
  }
  // By their first version: where one branch ends the next may begin, and the end stands first.
  return sets.toSorted((a, b) => SEMVER.compare(a[0]!.version, b[0]!.version) ?? 0).flat()
}
