import type { Oracle } from '../../../core/validation/proof.ts'

/**
 * How a reproducer shows that it fired, as a query says it: `crash`, `exit:77`, `output:WORDS` or `file:/out/PATH`. Null: the crash
 * that is looked for where nothing is said; undefined: no such thing.
 */
export function parseOracle(text: string | null): Oracle | null | undefined {
  if (text === null || text === '' || text === 'crash') return null
  const [, kind, rest = ''] = /^(exit|output|file):([\s\S]{1,500})$/.exec(text) ?? []
  switch (kind) {
    case 'exit':
      return /^\d{1,3}$/.test(rest) && Number(rest) <= 255 ? { kind, code: Number(rest) } : undefined
    case 'output':
      return { kind, contains: rest }
    case 'file':
      return /^\/(?:work|out|tmp)\/[^\0]+$/.test(rest) && !rest.split('/').includes('..') ? { kind, path: rest } : undefined
    default:
      return undefined
  }
}

/** Lengths of the requests of an exchange, as `120,340`; null where none are given, undefined where they are not lengths. */
export function parseLengths(text: string | null): readonly number[] | null | undefined {
  if (text === null || text === '') return null
  if (!/^\d{1,8}(,\d{1,8}){0,99}$/.test(text)) return undefined
  const lengths = text.split(',').map(Number)
  return lengths.every((length) => length > 0) ? lengths : undefined
}
