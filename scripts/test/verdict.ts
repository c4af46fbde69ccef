import { relative } from 'node:path'
import type { LeftOut } from './machine.ts'
import type { Told } from './reporter.ts'
import type { GroupResult } from './run-group.ts'

export interface Sum {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** Adds the groups up. With `strict`, what was left out or skipped is a failure each. */
export function sum(results: readonly GroupResult[], leftOut: readonly LeftOut[], strict: boolean): Sum {
  const add = (pick: (result: GroupResult) => number) => results.reduce((total, result) => total + pick(result), 0)
  const skipped = add((result) => result.skipped)
  const missing = strict ? leftOut.length + skipped : 0
  return {
    passed: add((result) => result.passed),
    failed: add((result) => result.failed) + missing,
    skipped: strict ? 0 : skipped,
  }
}

/** The plain last line, for example `412 passed, 0 failed, 3 skipped`. */
export function lastLine({ passed, failed, skipped }: Sum): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

/** One group as a person reads it: a line of counts, then every failure with its place and what it said. */
export function describeGroup(root: string, result: GroupResult): string {
  const skipped = result.skipped > 0 ? `, ${result.skipped} skipped` : ''
  const head = `${result.name.padEnd(12)} ${result.passed} passed, ${result.failed} failed${skipped}  (${result.files} files, ${result.seconds.toFixed(1)} s)`
  const told = (mark: string) => (one: Told) => {
    const place = one.file === null ? '' : `  ${relative(root, one.file)}${one.line === null ? '' : `:${one.line}`}`
    return `  ${mark} ${one.name}${place}\n${indent(one.says ?? '', '      ')}`
  }
  const failures = result.failures.map(told('✗'))
  const unsteady = result.unsteady.map(told('~ failed once, held when run again:'))
  const printed =
    result.printed.trim() === '' ? [] : [`  what the failing files printed:\n${indent(result.printed.trim(), '      ')}`]
  return [head, ...failures, ...unsteady, ...printed].join('\n')
}

/** One line for each reason why tests skipped themselves. */
export function describeSkips(skips: readonly Told[]): string[] {
  const names = new Map<string, string[]>()
  for (const skip of skips)
    names.set(skip.says ?? 'no reason given', [...(names.get(skip.says ?? 'no reason given') ?? []), skip.name])
  return [...names].map(([why, of]) => `skipped      ${of.length > 1 ? `${of.length} tests` : of[0]}: ${why}`)
}

function indent(text: string, by: string): string {
  return text.replaceAll(/^/gm, by)
}
