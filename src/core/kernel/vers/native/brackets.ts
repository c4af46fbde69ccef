// Brackets of Maven (https://maven.apache.org/enforcer/enforcer-rules/versionRanges.html) and NuGet
// (https://learn.microsoft.com/nuget/concepts/package-versioning#version-ranges): square ones hold their end, round ones do not.
import type { Constraint } from '../parts.ts'
import { constraint } from './partial.ts'

const SET = /([[(])([^[\]()]*)([\])])/g
const BARE = /^[^\s,[\]()<>=!*|]+$/

/** The constraints of Maven's or NuGet's brackets, unsorted; null where they cannot be read. `bare` says what a version alone means. */
export function readBrackets(text: string, bare: '=' | '>='): Constraint[] | null {
  const whole = text.trim()
  if (BARE.test(whole)) return [constraint(bare, whole)]
  const sets = [...whole.matchAll(SET)]
  if (sets.length === 0 || !/^[\s,]*$/.test(whole.replace(SET, ''))) return null
  const out: Constraint[] = []
  for (const [, open, inner = '', close] of sets) {
    const ends = inner.split(',').map((end) => end.trim())
    if (ends.some((end) => end !== '' && !BARE.test(end)) || ends.length > 2) return null
    const [from = '', to = ''] = ends
    if (ends.length === 1) {
      if (from === '' || open !== '[' || close !== ']') return null
      out.push(constraint('=', from))
    } else {
      if (from === '' && to === '') return [constraint('*', '')]
      if (from !== '') out.push(constraint(open === '[' ? '>=' : '>', from))
      if (to !== '') out.push(constraint(close === ']' ? '<=' : '<', to))
    }
  }
  return out
}
