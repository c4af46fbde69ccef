// Python's version specifiers (https://packaging.python.org/specifications/version-specifiers). What begins alike starts with its
// first development release: `==1.1.*` is from 1.1.dev0 to before 1.2.dev0.
import type { Comparator, Constraint } from '../parts.ts'
import { constraint, nextAfter } from './partial.ts'

const ITEM = /^\s*(===|==|~=|!=|<=|>=|<|>)?\s*([^\s,;<>=!~*]+?)(\.\*)?\s*$/

/** The constraints of a set of specifiers, unsorted; null where it cannot be read. */
export function readPypiRange(text: string): Constraint[] | null {
  const out: Constraint[] = []
  for (const item of text.split(',')) {
    const found = ITEM.exec(item)
    if (!found) return null
    const [, operator = '==', version = '', star] = found
    const read = star || operator === '~=' ? readPrefix(operator, version) : [constraint(plain(operator), version)]
    if (read === null) return null
    out.push(...read)
  }
  return out
}

function plain(operator: string): Comparator {
  return operator.startsWith('==') ? '=' : (operator as Comparator)
}

function readPrefix(operator: string, version: string): Constraint[] | null {
  const epoch = /^\d+!/.exec(version)?.[0] ?? ''
  const numbers = (/^\d+(?:\.\d+)*/.exec(version.slice(epoch.length))?.[0] ?? '').split('.')
  if (numbers[0] === '') return null
  const end = (place: number): string => `${epoch}${nextAfter(numbers, place).join('.')}.dev0`
  if (operator === '~=')
    return numbers.length < 2 ? null : [constraint('>=', version), constraint('<', end(numbers.length - 2))]
  const from = `${epoch}${numbers.join('.')}.dev0`
  const to = end(numbers.length - 1)
  if (operator === '!=') return [constraint('<', from), constraint('>=', to)]
  return operator === '==' ? [constraint('>=', from), constraint('<', to)] : null
}
