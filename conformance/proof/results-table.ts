import type { PatchVerdict, RungResult } from '../../src/core/validation/ladder.ts'
import type { Proved } from './harbour/weir.ts'

// What a suite prints of each program: verdict, then per patch its standing and the rungs in their order.

const MARKS: Readonly<Record<RungResult['outcome'], string>> = { passed: '+', failed: 'x', 'not-run': '.', 'not-possible': 'o' }

const rungsOf = ({ rungs }: PatchVerdict) => rungs.map(({ outcome }) => MARKS[outcome]).join('')
const wrongOnes = ({ outcome }: Proved) => outcome.patches.filter(({ patch }) => patch !== 'right')

/** One program in one line: rungs are `+` passed, `x` failed, `.` not run, `o` not possible. */
export function lineOf(name: string, proved: Proved): string {
  const { reproducers, patches } = proved.outcome
  const verdicts = reproducers.map(({ verdict, fired, of }) => `${verdict} ${fired}/${of}`).join(', ')
  const ladders = patches.map((one) => `${one.patch} ${rungsOf(one)} ${one.standing}`)
  const seconds = `${(proved.wallMs / 1000).toFixed(1)} s`
  return [name.padEnd(11), verdicts.padEnd(20), seconds.padStart(7), ...ladders.map((one) => one.padEnd(30))]
    .join('  ')
    .trimEnd()
}

/** The share of wrong patches that were rejected. */
export function rejectedShare(proved: ReadonlyMap<string, Proved>): number {
  const wrong = [...proved.values()].flatMap(wrongOnes)
  return wrong.filter(({ standing }) => standing === 'rejected').length / wrong.length
}

/** The sum in one line. */
export function sumOf(proved: ReadonlyMap<string, Proved>): string {
  const all = [...proved.values()]
  const confirmed = all.filter(({ outcome }) => outcome.reproducers.every(({ verdict }) => verdict === 'confirmed')).length
  const right = all.flatMap(({ outcome }) => outcome.patches.filter(({ patch }) => patch === 'right'))
  const validated = right.filter(({ standing }) => standing === 'validated').length
  const wrong = all.flatMap(wrongOnes)
  const rejected = wrong.filter(({ standing }) => standing === 'rejected').length
  const seconds = all.reduce((sum, { wallMs }) => sum + wallMs, 0) / 1000
  return `programs: ${confirmed}/${all.length} confirmed, ${validated}/${right.length} right patches validated, ${rejected}/${wrong.length} wrong ones rejected, ${seconds.toFixed(0)} s of runners`
}
