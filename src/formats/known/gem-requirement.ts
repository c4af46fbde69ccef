import type { VersionOrder } from '../../core/kernel/version-order.ts'

interface Edge {
  readonly at: string
  /** Whether the version itself belongs to the stretch. */
  readonly in: boolean
}

/** A stretch of versions; null: without end on that side. */
interface Stretch {
  readonly from: Edge | null
  readonly to: Edge | null
}

/** More requirements than any real advisory has. */
const MOST = 1000
const PART = /^(~>|>=|<=|!=|=|<|>)?\s*([0-9A-Za-z][0-9A-Za-z.-]{0,100})$/

/**
 * The versions that are affected, as VERS, where requirements (`~> 2.3.2`, `>= 1.0, < 1.4`) say which are not: what none of them
 * holds. Null where a requirement cannot be read or stretches cannot be told apart.
 */
export function versOutside(requirements: readonly string[], order: VersionOrder): string | null {
  if (requirements.length > MOST) return null
  const safe: Stretch[] = []
  for (const requirement of requirements) {
    const stretch = stretchOf(requirement)
    if (stretch === null || !isOrdered(stretch, order)) return null
    safe.push(stretch)
  }
  return writeOutside(merged(safe, order))
}

function isOrdered(stretch: Stretch, order: VersionOrder): boolean {
  return [stretch.from, stretch.to].every((edge) => edge === null || order.compare(edge.at, edge.at) !== null)
}

function stretchOf(requirement: string): Stretch | null {
  let from: Edge | null = null
  let to: Edge | null = null
  for (const part of requirement.split(',', 20)) {
    const found = PART.exec(part.trim())
    if (!found) return null
    const [, sign = '=', at = ''] = found
    if (sign === '!=') return null
    if (sign === '~>') {
      const end = bumped(at)
      if (end === null) return null
      from = { at, in: true }
      to = { at: end, in: false }
    }
    if (sign === '>=' || sign === '>' || sign === '=') from = { at, in: sign !== '>' }
    if (sign === '<=' || sign === '<' || sign === '=') to = { at, in: sign !== '<' }
  }
  return { from, to }
}

/** The end of `~> 2.3.2`: pre-releases of 2.4 are beyond it, and `2.4.a` stands before all of them. */
function bumped(version: string): string | null {
  const numbers = version.split('.').filter((part) => /^\d{1,9}$/.test(part))
  const kept = numbers.length > 1 ? numbers.slice(0, -1) : numbers
  const last = kept.pop()
  return last === undefined ? null : [...kept, String(Number(last) + 1), 'a'].join('.')
}

function merged(stretches: readonly Stretch[], order: VersionOrder): Stretch[] {
  const sorted = [...stretches].sort((a, b) => byFrom(a.from, b.from, order))
  const out: Stretch[] = []
  for (const next of sorted) {
    const last = out.at(-1)
    if (last === undefined || !touches(last.to, next.from, order)) out.push(next)
    else out[out.length - 1] = { from: last.from, to: laterEnd(last.to, next.to, order) }
  }
  return out
}

function byFrom(a: Edge | null, b: Edge | null, order: VersionOrder): number {
  if (a === null || b === null) return Number(b === null) - Number(a === null)
  return order.compare(a.at, b.at) || Number(b.in) - Number(a.in)
}

function touches(to: Edge | null, from: Edge | null, order: VersionOrder): boolean {
  if (to === null || from === null) return true
  const by = order.compare(from.at, to.at)
  return by === -1 || (by === 0 && (from.in || to.in))
}

function laterEnd(a: Edge | null, b: Edge | null, order: VersionOrder): Edge | null {
  if (a === null || b === null) return null
  const by = order.compare(a.at, b.at)
  return by === 0 ? (a.in ? a : b) : by === 1 ? a : b
}

function writeOutside(safe: readonly Stretch[]): string | null {
  if (safe.length === 0) return 'vers:gem/*'
  const bounds: string[] = []
  for (const { from, to } of safe) {
    if (from !== null) bounds.push(`${from.in ? '<' : '<='}${from.at}`)
    if (to !== null) bounds.push(`${to.in ? '>' : '>='}${to.at}`)
  }
  // One requirement holds every version: nothing is affected.
  return bounds.length === 0 ? null : `vers:gem/${bounds.join('|')}`
}
