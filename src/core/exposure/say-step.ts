import type { Match, MatchStep } from './match.ts'

const SAYS: Readonly<Record<MatchStep['step'], (w: readonly string[], rule: string) => string>> = {
  'same-package': ([own, name]) =>
    `It is the package that the record names: ${own}${name && !own?.endsWith(name) ? ` (${name})` : ''}.`,
  'other-package': ([own, ...names]) =>
    `The record names other packages${names.length > 0 ? ` (${names.join(', ')})` : ''}${own ? `, not ${own}` : ''}.`,
  'other-release': ([own, theirs]) => `It is of release ${own}; the record speaks of ${theirs}.`,
  'release-not-stated': ([theirs]) => `The record speaks of release ${theirs}; the inventory does not say which one this is.`,
  'other-module': ([own, theirs]) =>
    `Its module stream is ${own || 'not stated'}; the record speaks of ${theirs || 'another'}.`,
  'listed-version': ([version]) => `The record lists version ${version}.`,
  'in-range': ([version, from, end, ...more]) =>
    version === undefined
      ? 'The record names every version.'
      : from === '*'
        ? `The record names every version, ${version} as well.`
        : from !== undefined && SIGNED.test(from)
          ? `Version ${version} is one that the record means: ${[from, ...(end === undefined ? [] : [end]), ...more].join(', ')}.`
          : `Version ${version} lies in a range of the record${from === undefined ? '' : `: from ${from}${sayEnd(end, more[0])}`}.`,
  'before-introduced': ([version, from]) => `Version ${version} is older than ${from}, where it was introduced.`,
  'from-fixed': ([version, fixed]) => `Version ${version} is not older than ${fixed}, where it was fixed.`,
  'after-last-affected': ([version, last]) => `Version ${version} is newer than ${last}, the last affected one.`,
  'no-range-holds': ([version]) => `No range of the record holds version ${version || 'that is stated'}.`,
  'unreadable-version': ([version]) =>
    version ? `Version ${version} cannot be read.` : 'No version is stated that could be compared.',
  'unknown-order': ([version]) => `Nobody knows here how versions such as ${version ?? 'these'} are ordered.`,
  'git-range-only': () => 'The record tells commits only, no versions.',
  withdrawn: ([id]) => `The record ${id ?? ''} was withdrawn.`.replace('  ', ' '),
  'vex-affected': ([author, why], rule) =>
    `${author || 'Somebody'} states in ${rule || 'a document'} that it is affected${because(why)}.`,
  'vex-not-affected': ([author, why], rule) =>
    `${author || 'Somebody'} states in ${rule || 'a document'} that it is not affected${because(why)}.`,
  'vex-fixed': ([author, why], rule) =>
    `${author || 'Somebody'} states in ${rule || 'a document'} that it is fixed${because(why)}.`,
  'weak-identity': ([identity]) => `Weak: only a CPE name fits (${identity}).`,
}

/** Where a range ends, and whether with that version or before it. */
function sayEnd(end: string | undefined, is: string | undefined): string {
  if (end === undefined) return ' on, without an end'
  if (is === 'fixed') return ` to before ${end}, where it was fixed`
  return is === 'last-affected' ? ` through ${end}, the last affected one` : ` to ${end}`
}

/** A bound as VERS writes it, in contrast to a version where a range begins. */
const SIGNED = /^[<>=!*]/

function because(why: string | undefined): string {
  return why === undefined ? '' : ` (${why})`
}

/** One step of a match as a sentence. What it quotes is hostile text: who shows it makes it inert. */
export function sayStep({ step, with: texts, rule }: MatchStep): string {
  return SAYS[step](texts, rule)
}

const ENDS: Readonly<Record<Match['affected'], string>> = { yes: 'affected', no: 'not affected', unknown: 'nobody can tell' }

/** What a match comes to, in two words or three. */
export function sayMatch({ affected }: Pick<Match, 'affected'>): string {
  return ENDS[affected]
}
