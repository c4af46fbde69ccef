import { imitatesInCode } from './imitation.ts'
import { inertText } from './inert-text.ts'
import { wrapLine } from './wrap-text.ts'

/**
 * Code between two marks that hold the letter's own reference, which its sender cannot know. It is kept to the letter, so that a
 * patch applies; where one of its lines imitates ours, all of it is quoted and the mark says how to take that back.
 */
export function fenceCode(code: string, heading: string, reference: string): string[] {
  const lines = inertText(code).trimEnd().split('\n')
  const quoted = lines.some(imitatesInCode)
  const note = quoted ? ', quoted: take off "> " from each line' : ''
  return [
    `[${reference} ${heading} begins${note}]`,
    ...(quoted ? lines.map((line) => `> ${line}`) : lines),
    `[${reference} ${heading} ends]`,
  ]
}

/** What stands in the place of code that the reader's terms leave no room for. */
export function missingCode(code: string, heading: string, reference: string): string[] {
  const lines = code.split('\n').length
  return wrapLine(`[${reference} ${heading} left out: its ${lines} lines are longer than your terms allow; it is in the case]`)
}
