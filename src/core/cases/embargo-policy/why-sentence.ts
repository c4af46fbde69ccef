import { formatInstant, type Instant, instant } from '../../kernel/instant.ts'
import type { Anchor, ExistenceField, When } from './embargo-rule.ts'
import type { WhyLine } from './why-line.ts'

const FROM: Readonly<Record<Anchor, string>> = {
  report: 'the report',
  owned: 'when it was validated and owned',
  fix: 'when the fix was ready',
  patch: 'the release of the patch',
  exploited: 'when attacks on the reported flaw were known',
}

const FIELD: Readonly<Record<ExistenceField, string>> = {
  vendor: 'the vendor',
  product: 'the product',
  'report-date': 'the date of the report',
  deadline: 'the deadline',
}

/** An instant as people read it, always with its zone: `2026-11-21 17:00 UTC`; seconds only where there are any. */
export function utcText(at: Instant): string {
  const [date, time = ''] = formatInstant(at).slice(0, 19).split('T')
  return `${date} ${time.endsWith(':00') ? time.slice(0, 5) : time} UTC`
}

/** One line of "why this date" as a plain English sentence or two. */
export function sentenceOf(line: WhyLine): string {
  const text = `${line.name}: ${capital(factOf(line))}.`
  const assumed = line.inputs.flatMap(({ name, value, assumed }) => (assumed ? [`${worded(name)} = ${shown(value)}`] : []))
  return assumed.length === 0 ? text : `${text} Assumed, because nobody has judged it: ${assumed.join(', ')}.`
}

function factOf({ rule, effect, at, against, inputs }: WhyLine): string {
  switch (effect) {
    case 'would-end':
    case 'not-begun':
    case 'not-met':
      return clockOf({ rule, effect, at, inputs })
    case 'preferred':
      return `the text would rather see the end before ${whenText(at)}`
    case 'details':
      return `technical details wait until ${whenText(at)}, counted from the patch`
    case 'existence': {
      const fields = rule?.kind === 'existence' ? rule.shows.map((field) => FIELD[field]).join(', ') : ''
      return `that the report exists is told by ${whenText(at)}, with ${fields} and nothing else`
    }
    case 'public-now':
      return 'what AI found must be treated as public, so there is no embargo under this policy'
    case 'open-ended':
      return 'there is no end but by consent'
    case 'notice':
      return rule?.kind === 'notice' ? rule.say.replace(/\.$/, '') : 'there is more to know in the text'
    case 'set-aside':
      return `its own ordinary end is set aside, for its party agreed to ${whenText(at)}`
    case 'decides':
      return against === null ? `this is the earliest end, so it binds: ${whenText(at)}` : `gives the same end as ${against}`
    case 'proposal':
      return `would end ${at === null ? 'at no set time' : whenText(at)}, later than ${against ?? 'another'}, and stands as a proposal`
    case 'no-end':
      return 'nothing gives an end yet; one has to be proposed'
  }
}

function clockOf({ rule, effect, at, inputs }: Pick<WhyLine, 'rule' | 'effect' | 'at' | 'inputs'>): string {
  if (rule?.kind === 'agreed') return `the parties agreed on ${whenText(at)}`
  if (rule?.kind === 'maximum') return `never longer than ${days(rule.days)} from the report, so ${whenText(at)} at the latest`
  if (rule?.kind === 'public-at-once') return 'what AI found is public at once; this was not found by AI'
  if (rule?.kind !== 'end') return whenText(at)
  const more = inputs.find(({ name }) => name === 'extensionDays')?.value
  const added = typeof more === 'number' && more > 0 ? ` and ${days(more)} more on request` : ''
  const clock =
    rule.days === 0 && added === '' ? `ends with ${FROM[rule.from]}` : `${days(rule.days)}${added} from ${FROM[rule.from]}`
  if (effect === 'would-end') return `${clock}, so ${whenText(at)}`
  const why = rule.only === 'exploited-critical' ? 'no attack on a critical flaw is known' : 'no attack is known'
  return effect === 'not-met' ? `${clock}, not in effect: ${why}` : `${clock}, which has not come`
}

function whenText(at: When<Instant>): string {
  return at === 'public-now' ? 'public now' : at === null ? 'no set time' : utcText(at)
}

function days(count: number): string {
  return count === 1 ? '1 day' : `${count} days`
}

function shown(value: WhyLine['inputs'][number]['value']): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return value === null ? 'not known' : typeof value === 'number' ? utcText(instant(value)) : String(value)
}

/** `aiFound` → `ai found`. */
function worded(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replace(/^ai\b/, 'AI')
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
