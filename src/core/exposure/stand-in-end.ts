import type { CompiledPackage } from './compiled-package.ts'

const PARTS = /^v?\d{1,9}(?:\.\d{1,9}){2,5}$/
const NINES = /(?:^v?|\.)9{3,9}(?:\.|$)/

/**
 * Whether a stated end is a number that stands for "never" and no release: `1.999.0`, `99.999.99999`. Databases that can only write "below"
 * close with it what nobody mended (Retire.js, the Node Security Working Group). It bounds what is affected, and nobody can upgrade to it.
 * Where the records of the package know real versions that count in nines (html5lib has 0.999), an end in nines is believed.
 */
export function isStandIn(end: string, kin: readonly CompiledPackage[]): boolean {
  if (!PARTS.test(end) || !NINES.test(end)) return false
  return !kin.some(({ listed, ranges }) => {
    for (const version of listed) if (NINES.test(version)) return true
    return ranges.some(({ boundaries }) => boundaries.some(({ at, is }) => is !== 'fixed' && NINES.test(at)))
  })
}
