import type { Outcome } from '../../../core/validation/outcome.ts'

/** What a validation came to, in one sentence: `2 of 3 reproducers confirmed, 1 of 2 patches validated.` */
export function outcomeWords({ builds, reproducers, patches }: Pick<Outcome, 'builds' | 'reproducers' | 'patches'>): string {
  const base = builds.find(({ of }) => of === 'base')
  if (base !== undefined && !base.built) return 'The target did not build.'
  const confirmed = reproducers.filter(({ verdict }) => verdict === 'confirmed').length
  const validated = patches.filter(({ standing }) => standing === 'validated').length
  const parts = [
    counted(confirmed, reproducers.length, 'reproducer', 'confirmed'),
    ...(patches.length > 0 ? [counted(validated, patches.length, 'patch', 'validated')] : []),
  ]
  const said = parts.join(', ')
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}.`
}

function counted(n: number, of: number, noun: string, word: string): string {
  const many = noun === 'patch' ? 'patches' : `${noun}s`
  return of === 1 ? `the ${noun} was ${n === 1 ? '' : 'not '}${word}` : `${n} of ${of} ${many} ${word}`
}
