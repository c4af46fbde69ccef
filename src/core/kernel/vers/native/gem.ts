// RubyGems' requirements (https://guides.rubygems.org/patterns/#declaring-dependencies): `~> 2.0.8` lets the last number grow.
import type { Comparator, Constraint } from '../parts.ts'
import { constraint, nextAfter } from './partial.ts'

const ITEM = /^\s*(~>|>=|<=|!=|>|<|=)?\s*(\d+(?:\.[0-9A-Za-z]+)*(?:-[0-9A-Za-z.-]+)?)\s*$/

/** The constraints of a RubyGems requirement, unsorted; null where it cannot be read. */
export function readGemRange(text: string): Constraint[] | null {
  const out: Constraint[] = []
  for (const item of text.split(',')) {
    const found = ITEM.exec(item)
    if (!found) return null
    const [, operator = '=', version = ''] = found
    if (operator !== '~>') out.push(constraint(operator as Comparator, version))
    else {
      const numbers = (/^\d+(?:\.\d+)*(?![0-9A-Za-z])/.exec(version)?.[0] ?? '').split('.')
      if (numbers[0] === '') return null
      out.push(constraint('>=', version), constraint('<', nextAfter(numbers, Math.max(0, numbers.length - 2)).join('.')))
    }
  }
  return out
}
