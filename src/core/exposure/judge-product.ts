import type { CompiledPackage } from './compiled-package.ts'
import { compareValues } from './cpe/cpe-compare.ts'
import { ATTRIBUTES, type CpeName, type CpeValue } from './cpe/cpe-name.ts'
import { globHolds } from './glob.ts'
import { judgeVersion } from './judge-package.ts'
import type { Match, MatchStep } from './match.ts'
import type { MatchSubject } from './match-subject.ts'
import { compiledRangeOf, type ProductEntry } from './product-entry.ts'
import { isPattern } from './product-mark.ts'
import { ReadVersion } from './read-version.ts'
import { plainVersion } from './version-bounds.ts'

/**
 * Whether a product of an advisory (a CPE name with its bounds, or a mark of a product tree) holds the subject; null where it is
 * about something else. Whatever a CPE decides is marked as weak: its names are guessed by tools and cover too much.
 */
export function judgeProduct(entry: ProductEntry, subject: MatchSubject): Match | null {
  return entry.cpe === null ? byMark(entry, subject) : byCpe(entry, entry.cpe, subject)
}

function byMark(entry: ProductEntry, subject: MatchSubject): Match | null {
  const held = subject.marks.find((mark) => (isPattern(entry.mark) ? globHolds(entry.mark, mark) : mark === entry.mark))
  if (held === undefined) return null
  const same: MatchStep = { step: 'same-package', rule: 'product tree', with: [held, entry.product.name] }
  return withVersion(entry, subject.version, 'product', [same])
}

function byCpe(entry: ProductEntry, pattern: CpeName, subject: MatchSubject): Match | null {
  for (const name of subject.cpes) {
    const found = oneCpe(entry, pattern, name, subject.version)
    if (found !== null) return found
  }
  return null
}

/** Attributes that a component's name leaves open often, which says nothing against it. */
const OFTEN_OPEN = new Set(['update', 'edition', 'language', 'swEdition', 'targetHw', 'other'])

function oneCpe(entry: ProductEntry, pattern: CpeName, name: CpeName, stated: ReadVersion | null): Match | null {
  const open: string[] = []
  for (const attribute of ATTRIBUTES) {
    if (attribute === 'version') continue
    const relation = compareValues(pattern[attribute], name[attribute])
    if (relation === 'disjoint') return null
    if (relation === 'undefined' || (relation === 'subset' && !OFTEN_OPEN.has(attribute))) open.push(attribute)
  }
  if (open.some((attribute) => attribute === 'part' || attribute === 'vendor' || attribute === 'product')) return null
  const weak: MatchStep = { step: 'weak-identity', rule: 'NISTIR 7696', with: [entry.product.identity, ...open] }
  const named = versionIn(name.version)
  const version = named === null ? stated : new ReadVersion(named)
  const compiled = compiledRangeOf(entry)
  if (compiled !== null && !holdsAll(compiled)) return unsure(withVersion(entry, version, 'cpe', [weak]), open)
  const relation = compareValues(pattern.version, textValue(version?.text ?? null) ?? name.version)
  if (relation === 'disjoint') {
    return {
      affected: 'no',
      by: 'cpe',
      fixed: null,
      steps: [weak, { step: 'no-range-holds', rule: 'CPE', with: [version?.text ?? ''] }],
    }
  }
  // A name for every version is what an analyst writes who does not know which: no ground for a yes.
  const sure = compiled === null && pattern.version.is === 'text' && (relation === 'equal' || relation === 'superset')
  const step: MatchStep = sure
    ? { step: 'listed-version', rule: 'CPE', with: [version?.text ?? ''] }
    : { step: 'unreadable-version', rule: 'CPE names every version', with: [version?.text ?? ''] }
  return unsure({ affected: sure ? 'yes' : 'unknown', by: 'cpe', fixed: null, steps: [weak, step] }, open)
}

/** Whether a range has neither beginning nor end: `0` to `*`, as analysts write who do not know either. */
function holdsAll({ bounds, ranges }: CompiledPackage): boolean {
  return (
    bounds.some(({ isAll }) => isAll) || ranges.some(({ boundaries }) => boundaries.length === 1 && boundaries[0]!.key === null)
  )
}

function unsure(match: Match, open: readonly string[]): Match {
  return match.affected === 'yes' && open.length > 0 ? { ...match, affected: 'unknown' } : match
}

function versionIn(value: CpeValue): string | null {
  return value.is === 'text' && value.lead === 0 && value.trail === 0 ? value.text : null
}

function textValue(version: string | null): CpeValue | null {
  return version === null ? null : { is: 'text', text: version.toLowerCase(), lead: 0, trail: 0 }
}

function withVersion(entry: ProductEntry, stated: ReadVersion | null, by: Match['by'], before: readonly MatchStep[]): Match {
  const compiled = compiledRangeOf(entry)
  if (compiled === null) {
    return { affected: 'yes', by, fixed: null, steps: [...before, { step: 'in-range', rule: 'no version stated', with: [] }] }
  }
  if (compiled.bounds.some(({ isAll }) => isAll)) {
    return {
      affected: 'yes',
      by,
      fixed: null,
      steps: [...before, { step: 'in-range', rule: 'all versions', with: [stated?.text ?? '*'] }],
    }
  }
  const found = judgeVersion(compiled, stated === null ? null : new ReadVersion(plainVersion(stated.text)), true)
  return { ...found, by, steps: [...before, ...found.steps] }
}
