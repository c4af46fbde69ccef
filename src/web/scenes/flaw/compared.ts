import type { FindingColumn } from '../../../contract/shapes/flaw.ts'
import { shortSymbol, tellingFrames } from '../../parts/inert/short-title.ts'

/** One row of the comparison: a name and what each finding says; empty means not given. */
export interface ComparedRow {
  readonly name: string
  readonly cells: readonly (readonly string[])[]
  readonly mono: boolean
  /** Whether a difference speaks against one flaw; who found it and with what does not. */
  readonly telling: boolean
}

const MOST_FRAMES = 4

const VALUES: readonly (readonly [string, boolean, (finding: FindingColumn) => readonly (string | null)[]])[] = [
  ['Found by', false, (f) => [f.foundBy]],
  ['Weakness', false, (f) => f.weaknesses],
  ['Crash', false, (f) => [f.crash]],
  [
    'Top frames',
    true,
    (f) =>
      tellingFrames(
        f.frames.map((frame) => frame.symbol ?? frame.path ?? '?'),
        MOST_FRAMES,
      ),
  ],
  ['Place', true, (f) => [f.path === null ? null : `${f.path}${f.line === null ? '' : `:${f.line}`}`]],
  ['Function', true, (f) => [f.symbol === null ? null : shortSymbol(f.symbol)]],
  ['Package', true, (f) => [f.target]],
  ['Version', true, (f) => [f.version]],
  ['Rule', true, (f) => [f.rule]],
  ['Known as', true, (f) => f.aliases],
]

/** Rows in which at least one finding says something. */
export function compared(findings: readonly FindingColumn[]): ComparedRow[] {
  return VALUES.map(([name, mono, read]) => ({
    name,
    mono,
    telling: name !== 'Found by',
    cells: findings.map((finding) => read(finding).filter((value) => value !== null && value !== '') as string[]),
  })).filter((row) => row.cells.some((cell) => cell.length > 0))
}

/** The first earlier finding that says exactly the same, by its letter; null when this one is the first to say it. */
export function sameAs(row: ComparedRow, at: number, letters: readonly string[]): string | null {
  const own = row.cells[at] ?? []
  if (own.length === 0) return null
  const key = own.join('\n')
  for (let before = 0; before < at; before++) if (row.cells[before]?.join('\n') === key) return letters[before] ?? null
  return null
}
