import type {
  ActAction,
  ActionList,
  ActionOut,
  FlawOut,
  Reading,
  RuleInput,
  RuleOut,
  StatementOut,
  TriageStep,
} from '../../../contract/shapes/exposure.ts'
import { count, day, duration, fullInstant } from '../../parts/time/format.ts'

const HOUR = 3_600_000
const SOON = 72 * HOUR

/** `libquarry` of `pkg:generic/libquarry`, `@brackwater/mq` of an npm purl; a name that is no purl stays as it is. */
export function shortName(component: string): string {
  const found = /^pkg:[^/]+\/([^?#@]+)/.exec(component)
  if (!found?.[1]) return component
  try {
    return decodeURIComponent(found[1])
  } catch {
    return found[1]
  }
}

/** What is to be done, in one sentence without a full stop. */
export function sayAction(action: ActionOut): string {
  const name = shortName(action.component)
  const from = listed(action.from, 3)
  switch (action.do) {
    case 'upgrade':
      return `Update ${[name, from].filter(Boolean).join(' ')}${action.to === null ? '' : ` to ${action.to}`}`
    case 'mitigate':
      return `Protect ${[name, from].filter(Boolean).join(' ')}: no version without the flaw is known`
    case 'retire':
      return `Leave ${name}: nobody mends it any more`
    case 'replace':
      return `Replace the device that runs ${name}: its maker mends it no more`
    case 'triage':
      return sayTriage(nextStep(action.triage)?.step ?? 'analyse', name)
  }
}

function sayTriage(step: TriageStep['step'], name: string): string {
  if (step === 'scope') return `Name every machine that runs ${name}`
  if (step === 'collect') return `Save memory and logs before you patch ${name}`
  return `Look for signs of a break-in on what runs ${name}`
}

/** The first step of triage that is not done. */
export function nextStep(steps: readonly TriageStep[]): TriageStep | null {
  return steps.find(({ doneAt }) => doneAt === null) ?? null
}

/** The second line: how many flaws it settles, whether attacks are known, how many assets are left. */
export function sayMore({ do: what, flaws, done, of }: ActionOut): string {
  const attacked = flaws.filter(({ exploited }) => exploited).length
  const exploited =
    attacked === 0 ? '' : attacked === flaws.length ? 'attackers use it now' : `attackers use ${count(attacked)}`
  if (what === 'triage')
    return exploited === ''
      ? 'Patching first would destroy the traces.'
      : 'It is being exploited. Patching first would destroy the traces.'
  const settles = flaws.length === 1 ? 'One flaw' : `${count(flaws.length)} flaws in one go`
  const left = done === 0 ? '' : `${count(of - done)} of ${count(of)} assets left`
  return `${[settles, exploited, left].filter(Boolean).join('; ')}.`
}

/** A few of a list, and how many more there are. */
export function listed(all: readonly string[], most: number): string {
  if (all.length <= most) return all.join(', ')
  return `${all.slice(0, most).join(', ')} and ${count(all.length - most)} more`
}

export interface DueWords {
  readonly how: 'late' | 'soon' | 'later' | 'undated'
  /** Time left, or how late. */
  readonly left: string
  readonly at: string
}

/** When an action is due, from now. Without the server's clock there is no countdown, only the instant. */
export function dueWords({ due, tier }: Pick<ActionOut, 'due' | 'tier'>, now: number | null): DueWords {
  if (due === null) {
    const upgrade = tier === 'FSU'
    return {
      how: 'undated',
      left: upgrade ? 'Next upgrade' : 'No date',
      at: upgrade ? 'no day is counted' : 'the rule gives none',
    }
  }
  const ms = Date.parse(due)
  const at = fullInstant(ms)
  if (now === null) return { how: 'later', left: at, at: 'no clock from the server' }
  const left = ms - now
  if (left <= 0) return { how: 'late', left: `${duration(left)} late`, at: `was due ${at}` }
  return { how: left <= SOON ? 'soon' : 'later', left: duration(left), at }
}

const TIERS: Readonly<Record<string, string>> = {
  '3DF': '3 days and forensic triage',
  '3D': '3 days',
  '14D': '14 days',
  '60D': '60 days',
  FSU: 'With the next system upgrade',
  KEV: 'By the date that KEV gives',
  'NOT-LISTED': 'Not listed in KEV',
  I: 'Immediate',
  O: 'Out of cycle',
  S: 'Scheduled',
  D: 'Defer',
  NONE: 'No rule',
}

/** How long the rule gives; a tier of one's own policy is named by the rule's own outcome. */
export function tierWords({ tier, why }: Pick<ActionOut, 'tier' | 'why'>): string {
  return Object.hasOwn(TIERS, tier) ? TIERS[tier]! : why.outcome
}

const SHORT: Readonly<Record<string, string>> = {
  'bod-26-04': 'BOD 26-04',
  'kev-dates': 'KEV dates',
  'ssvc-deployer': 'SSVC',
  none: 'No rule',
}

/** The rule by its short name and row; an own policy by the name it has. */
export function ruleWords({ rule, why: { directive, row } }: Pick<ActionOut, 'rule' | 'why'>): string {
  const id = directive.split('/')[0]!
  if (!Object.hasOwn(SHORT, id)) return rule
  return row === null ? SHORT[id]! : `${SHORT[id]}, row ${row}`
}

/** The sentence under the title: what is late, due soon and later, what can wait. `next`: the first due instant that is not past. */
export function sayNeeds(of: Pick<ActionList, 'late' | 'soon' | 'later' | 'undated'>, next: string | null): Needs {
  const { late, soon, later, undated } = of
  const more = late === 0 ? '' : 'more '
  const rest = [
    soon === 0 ? `Nothing ${more}is due within 72 hours.` : `${count(soon)} ${more}within 72 hours.`,
    later === 0
      ? ''
      : next === null || soon > 0
        ? `${count(later)} later.`
        : `${count(later)} later, the first by ${dayName(next)}.`,
    undated === 0 ? '' : `${count(undated)} can wait for the next upgrade or have no date.`,
  ]
  return { late: late === 0 ? null : `${count(late)} ${late === 1 ? 'is' : 'are'} late.`, rest: rest.filter(Boolean).join(' ') }
}

export interface Needs {
  /** Said in the hue of what is late; null: nothing is. */
  readonly late: string | null
  readonly rest: string
}

const INPUTS: Readonly<Record<RuleInput['input'], string>> = {
  'publicly-exposed': 'Reachable from public networks',
  'in-kev': 'Known to be exploited (KEV)',
  automatable: 'Attack can be automated',
  'technical-impact': 'Technical impact',
  exploitation: 'Exploitation',
  'human-impact': 'Impact on people',
  epss: 'Probability of exploitation (EPSS)',
  severity: 'Severity',
  tag: 'Tag of the asset',
}

export const inputName = (input: RuleInput['input']): string => (Object.hasOwn(INPUTS, input) ? INPUTS[input] : input)

const VALUES: Readonly<Record<string, string>> = {
  Y: 'Yes',
  N: 'No',
  T: 'Total',
  P: 'Partial',
  A: 'Active',
  true: 'Yes',
  false: 'No',
}

/** A value by the rule's own key in a word; exploitation has keys of its own. */
export function inputValue({ input, value }: Pick<RuleInput, 'input' | 'value'>): string {
  if (input === 'exploitation' && value === 'P') return 'Proof of concept'
  if (input === 'exploitation' && value === 'N') return 'None known'
  return Object.hasOwn(VALUES, value) ? VALUES[value]! : value
}

export const READINGS: Readonly<Record<Reading['reading'], string>> = {
  'from-first': 'From the first start',
  'from-change': 'From the change',
  assigned: 'Date printed in KEV',
}

export const STEPS: Readonly<Record<TriageStep['step'], string>> = {
  scope: 'Name the machines',
  collect: 'Save the traces, before anything is patched',
  analyse: 'Look through what was saved',
}

export const STANDING: Readonly<Record<ActionOut['standing'], string>> = {
  open: 'Open',
  remediated: 'Updated',
  mitigated: 'Mitigated',
  deferred: 'Deferred',
  'not-affected': 'Not affected',
}

export const RULES: Readonly<Record<RuleOut['directive'], readonly [string, string]>> = {
  'bod-26-04': [
    'CISA BOD 26-04',
    'By risk: 3 days with or without triage, 14 days, 60 days, or the next upgrade. A good choice where none binds you.',
  ],
  'kev-dates': ['Dates of the KEV catalogue', 'Only what attackers are known to use, by the date that CISA prints.'],
  'ssvc-deployer': ['SSVC, for those who deploy', 'Immediate, out of cycle, scheduled, defer; no days.'],
  own: ['Our own policy', 'Your conditions and your days, as a file.'],
  none: ['No rule', 'Flaws are shown; nothing is due.'],
}

/** The five reasons of VEX, in plain words. */
export const JUSTIFIED: Readonly<Record<Extract<ActAction, { do: 'not-affected' }>['justification'], string>> = {
  component_not_present: 'The component is not there.',
  vulnerable_code_not_present: 'The code with the flaw is not in it.',
  vulnerable_code_not_in_execute_path: 'The code with the flaw is never run.',
  vulnerable_code_cannot_be_controlled_by_adversary: 'An attacker cannot reach it with anything.',
  inline_mitigations_already_exist: 'What is built in stops it already.',
}

export const STATED: Readonly<Record<StatementOut['status'], string>> = {
  'not-affected': 'Not affected',
  fixed: 'Fixed',
  affected: 'Affected',
  'under-investigation': 'Under investigation',
}

/** The groups of the list, in order: what is open stands first. */
export function groupOf({ standing }: Pick<ActionOut, 'standing'>): 'open' | 'deferred' | 'settled' {
  return standing === 'open' ? 'open' : standing === 'deferred' ? 'deferred' : 'settled'
}

/** What narrows the list is compared with. */
export function filterText({ component, from, to, assets, flaws, rule }: ActionOut): string {
  const names = flaws.flatMap(({ id, aliases }: FlawOut) => [id, ...aliases])
  return [component, ...from, to ?? '', rule, ...names, ...assets.map(({ asset }) => asset)].join(' ')
}

/** A day as a form gives it (`2026-12-01`) to its last instant in UTC; null where it is none. */
export function endOfDay(on: string): string | null {
  const at = Date.parse(`${on}T23:59:59.999Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(on) && !Number.isNaN(at) ? new Date(at).toISOString() : null
}

/** A day for a form, so many days from now. */
export const dayFrom = (now: number, days: number): string => new Date(now + days * 24 * HOUR).toISOString().slice(0, 10)

/** A sentence with its instants (`2026-11-21T19:39:19.009Z`) as people read them. */
export function plainInstants(says: string): string {
  return says.replace(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z/g, (found) => {
    const at = Date.parse(found)
    return Number.isNaN(at) ? found : fullInstant(at)
  })
}

/** `Fri 20 Nov 2026`, for a heading. */
export const dayName = (at: string): string => day(Date.parse(at))
