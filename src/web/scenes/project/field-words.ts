import { CARRIED_WORDS, ROUTE_WORDS } from './words.ts'

// The places of the terms that files are read for, in words; a place that is not here is shown by its pointer.
const FIELDS: ReadonlyMap<string, string> = new Map([
  ['/contact', 'Contact'],
  ['/contact/keys', 'Keys for encrypted letters'],
  ['/project/name', 'Name of the project'],
  ['/project/purls', 'Packages'],
  ['/project/repository', 'Repository'],
  ['/report/mustCarry', 'What a report must carry'],
  ['/report/plainText', 'Plain text'],
  ['/report/mostCharacters', 'Most characters'],
  ['/report/languages', 'Languages'],
  ['/report/unchecked', 'Takes what no person has checked'],
  ['/outOfScope/words', 'What is left out, in words'],
  ['/outOfScope/components', 'Parts that are left out'],
  ['/outOfScope/weaknesses', 'Weaknesses that are left out'],
  ['/severityFloor', 'Least severity'],
  ['/ai/disclosure', 'Saying that a model was used'],
  ['/ai/found', 'What a model found'],
  ['/embargo', 'Embargo'],
  ['/optOut/scans', 'Wants no scans'],
  ['/optOut/reports', 'Wants no reports'],
])

/** The name of a place in the terms. */
export const fieldWords = (pointer: string): string => FIELDS.get(pointer) ?? pointer

/** A value of the terms as a person reads it; JSON where there are no words for it. */
export function valueWords(value: unknown): string {
  if (value === undefined || value === null) return 'nothing'
  if (typeof value === 'string') return CARRIED_WORDS[value] ?? value
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.map(valueWords).join(', ')
  const { route, at } = value as { route?: unknown; at?: unknown }
  if (typeof route === 'string' && typeof at === 'string' && ROUTE_WORDS[route]) return `${ROUTE_WORDS[route]} ${at}`
  return JSON.stringify(value)
}
