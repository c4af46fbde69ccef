import type { ValidationPage, ValidationRow } from '../../contract/shapes/validation.ts'
import { wrap } from '../text/columns.ts'
import { utc } from '../text/figures.ts'
import { inert } from '../text/inert.ts'
import type { Ink } from '../text/ink.ts'
import { outcomeLines } from '../validate/outcome-lines.ts'
import { shownResult } from './shown-result.ts'

const WIDTH = 68

/** A validation as a person reads it: where it stands, and the tables of what it came to. */
export function validationLines({ row, result }: ValidationPage, ink: Ink): string[] {
  const facts = [
    `VALIDATION ${inert(row.id, 60)}`,
    line('target', row.target.name),
    line('asked', `${utc(row.askedAt) ?? ''} by ${row.by}`),
    ...(row.runner === null ? [] : [line('runner', row.tier === null ? row.runner : `${row.runner} (${row.tier})`)]),
    ...(row.seconds === null ? [] : [line('used', `${row.seconds.toFixed(1)} s of sandbox time`)]),
    ...said(row.state, standing(row)),
  ]
  if (result === null) return facts
  const { statement } = result
  return [
    ...facts,
    ...(statement === null
      ? []
      : [line('signed by', `key ${statement.key}`), line('sha256', statement.digest.replace(/^sha256:/, ''))]),
    '',
    ...outcomeLines(shownResult(result), ink),
  ]
}

/** Where it stands in one sentence: why it waits, how far it is, what it came to. */
export function standing(row: ValidationRow): string {
  if (row.waitsFor !== null) return row.waitsFor
  if (row.progress === null) return row.say
  const { done, total, say } = row.progress
  return total > 0 ? `${done} of ${total}   ${say}` : say
}

const line = (word: string, text: string) => `${word.padEnd(9)}  ${inert(text, 100)}`
const said = (word: string, text: string) =>
  wrap(inert(text, 600), WIDTH).map((part, n) => `${(n === 0 ? word : '').padEnd(9)}  ${part}`)
