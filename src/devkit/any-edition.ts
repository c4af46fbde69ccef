import fc from 'fast-check'
import { contentProblem } from '../core/advisories/written.ts'
import { sampleEdition, saturate } from './sample-edition.ts'

const anyText = fc
  .oneof(
    fc.string({ unit: 'binary', minLength: 1 }),
    fc.string({ minLength: 1 }),
    fc.string({ minLength: 300, maxLength: 5000 }),
  )
  .filter((text) => text.slice(0, 200).trim() !== '')

/** Editions in which any text at all stands wherever text can stand, of those that Weir takes. */
export const anyEdition = fc
  .tuple(fc.integer(), anyText)
  .map(([seed, text]) => saturate(sampleEdition(seed), text))
  .filter(({ content }) => contentProblem(content) === null)
