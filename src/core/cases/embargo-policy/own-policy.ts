import { type Refused, refuse } from '../../kernel/decision.ts'
import type { EmbargoPolicy, EmbargoRule } from './embargo-rule.ts'

/** Most days that an organisation's own policy may ask for in one clock. A rule of this program: an embargo has an end. */
export const OWN_DAYS_MAX = 365

export const OWN_POLICY_REFUSALS = {
  'policy.malformed': 'A policy is an object with the members that the schema names, and no others.',
  'policy.name': 'The name must be text of 1 to 120 characters in one line.',
  'policy.version': 'The version must be 1 to 40 letters, digits, dots or hyphens.',
  'policy.days': 'Days must be whole numbers from 0 to 365; an end needs at least 1.',
  'policy.no-end': 'A policy must say days, a most, that it is open-ended, or that what AI found is public.',
  'policy.open-and-dated': 'A policy that is open-ended has no ordinary end; say one or the other.',
} as const

export type OwnPolicyRefusal = keyof typeof OWN_POLICY_REFUSALS

export type OwnPolicy = { readonly ok: true; readonly policy: EmbargoPolicy } | Refused<OwnPolicyRefusal>

const FLAGS = ['openEnded', 'aiFoundIsPublic'] as const
/** Each with the fewest days it may say. */
const DAYS = new Map([
  ['endDays', 1],
  ['endExtensionDays', 0],
  ['exploitedDays', 0],
  ['exploitedExtensionDays', 0],
  ['detailsAfterPatchDays', 0],
  ['existenceAfterDays', 0],
  ['maximumDays', 1],
])
const WORDS = ['name', 'version', 'endFrom']
const ANCHORS = ['report', 'owned', 'fix', 'patch']

/**
 * Reads an organisation's own embargo policy. Hostile: any JSON value; unknown members are refused, so that a misspelled limit
 * is not silently none. `owner` is the organisation's id, `upstream` whether it maintains the software, `read` the date (ISO).
 */
export function parseOwnPolicy(input: unknown, owner: string, upstream: boolean, read: string): OwnPolicy {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return no('policy.malformed')
  const given = new Map<string, unknown>(Object.entries(input))
  if ([...given.keys()].some((key) => !WORDS.includes(key) && !DAYS.has(key) && !(FLAGS as readonly string[]).includes(key)))
    return no('policy.malformed')
  const name = given.get('name')
  if (typeof name !== 'string' || name.length > 120 || name.trim() === '' || /\p{Cc}/u.test(name)) return no('policy.name')
  const version = given.get('version')
  if (typeof version !== 'string' || !/^[A-Za-z0-9.-]{1,40}$/.test(version)) return no('policy.version')
  const from = given.get('endFrom') ?? 'report'
  if (typeof from !== 'string' || !ANCHORS.includes(from)) return no('policy.malformed')
  if (FLAGS.some((flag) => given.has(flag) && typeof given.get(flag) !== 'boolean')) return no('policy.malformed')
  for (const [key, fewest] of DAYS) if (given.has(key) && !isDays(given.get(key), fewest)) return no('policy.days')
  if (given.has('endDays') && given.get('openEnded') === true) return no('policy.open-and-dated')
  const rules = rulesOf(given, from as 'report')
  if (!rules.some(({ kind }) => ['end', 'maximum', 'open-ended', 'public-at-once'].includes(kind))) return no('policy.no-end')
  const source = { document: name, dated: null, read }
  return { ok: true, policy: { id: `own:${owner}`, version, name, class: upstream ? 'upstream' : 'default', source, rules } }
}

function rulesOf(given: ReadonlyMap<string, unknown>, from: 'report' | 'owned' | 'fix' | 'patch'): readonly EmbargoRule[] {
  const days = (key: string) => given.get(key) as number | undefined
  const more = (key: string) => (days(key) ? ({ days: days(key)!, when: 'engaged' } as const) : null)
  const rules: EmbargoRule[] = []
  if (given.get('aiFoundIsPublic') === true) rules.push({ kind: 'public-at-once', id: 'ai-found-is-public', only: 'ai-found' })
  if (given.get('openEnded') === true) rules.push({ kind: 'open-ended', id: 'by-consent' })
  const end = days('endDays')
  if (end !== undefined) rules.push(clock('own-end', from, end, null, more('endExtensionDays')))
  const exploited = days('exploitedDays')
  if (exploited !== undefined)
    rules.push(clock('own-exploited', 'exploited', exploited, 'exploited', more('exploitedExtensionDays')))
  const most = days('maximumDays')
  if (most !== undefined) rules.push({ kind: 'maximum', id: 'own-maximum', days: most, prefer: null })
  const details = days('detailsAfterPatchDays')
  if (details !== undefined) rules.push({ kind: 'details', id: 'own-details', days: details, latestDays: null })
  const told = days('existenceAfterDays')
  const shows = ['vendor', 'product', 'report-date', 'deadline'] as const
  if (told !== undefined) rules.push({ kind: 'existence', id: 'own-existence', days: told, shows })
  return rules
}

function clock(
  id: string,
  from: Extract<EmbargoRule, { kind: 'end' }>['from'],
  days: number,
  only: 'exploited' | null,
  extension: Extract<EmbargoRule, { kind: 'end' }>['extension'],
): EmbargoRule {
  return { kind: 'end', id, from, days, only, extension }
}

function isDays(value: unknown, fewest: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= fewest && value <= OWN_DAYS_MAX
}

function no(code: OwnPolicyRefusal): Refused<OwnPolicyRefusal> {
  return refuse(code, OWN_POLICY_REFUSALS[code])
}
