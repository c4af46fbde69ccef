import type { Directive } from '../../core/exposure/directives/directive.ts'
import { dueState } from '../../core/exposure/finding-object.ts'
import type { Action } from '../../core/exposure/obligation/action.ts'
import { sayAnalogy, sayMetadata, sayReading } from '../../core/exposure/obligation/sentences.ts'
import { formatInstant, type Instant } from '../../core/kernel/instant.ts'
import { columns, middle, wrap } from '../text/columns.ts'
import { counted, utc, whole } from '../text/figures.ts'
import { inert } from '../text/inert.ts'
import type { Ink } from '../text/ink.ts'
import type { OwedHere } from './owed-flaws.ts'

const MOST_ROWS = 40
const HEAD = ['DUE', 'WHAT', 'ASSETS', 'FLAWS', 'RULE']
const WHAT = 34
const SHAPE = [{}, { most: WHAT }, { right: true }, { right: true }, { most: 14 }]

/** How long there is: `1 d 5 h late`, `18 h 40 min`; of what has no date, when it comes. */
export function dueWords(due: Instant | null, tier: string, now: number): string {
  if (due === null) return tier === 'FSU' ? 'next upgrade' : 'no date'
  const minutes = Math.max(1, Math.round(Math.abs(due - now) / 60_000))
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)]
  const span = days > 0 ? `${whole(days)} d ${hours} h` : hours > 0 ? `${hours} h ${minutes % 60} min` : `${minutes} min`
  return due < now ? `${span} late !` : span
}

/** What is to be done, an action a line, the earliest first. */
export function actionLines(actions: readonly Action[], directive: Directive, now: number, ink: Ink): string[] {
  const shown = actions.slice(0, MOST_ROWS)
  const rows = shown.map((action) => [
    dueWords(action.due, action.tier, now),
    whatOf(action),
    whole(action.assets.length),
    whole(action.flaws.length),
    action.do === 'triage' ? 'triage' : ruleWord(directive, action.tier),
  ])
  const [head, ...lines] = columns([HEAD, ...rows], SHAPE)
  const left = actions.length - shown.length
  return [
    ink.strong(head!),
    ...lines.map((line, n) => coloured(line, shown[n]!.due, now, ink)),
    ...(left > 0 ? [ink.dim(`${whole(left)} more: --json shows all`)] : []),
  ]
}

function coloured(line: string, due: Instant | null, now: number, ink: Ink): string {
  const state = dueState(due, now)
  return state === 'late' ? ink.alarm(line) : state === 'soon' ? ink.soon(line) : line
}

const WITHOUT_FIX = { mitigate: 'no fix yet: ', retire: 'leave: ', replace: 'new device for: ' } as const

function whatOf({ do: kind, name, from, to }: Action): string {
  const versions = from.length === 0 ? '' : from.length === 1 ? ` ${from[0]}` : ` ${from[0]}, +${from.length - 1}`
  if (kind === 'triage') return fitted('save traces: ', name, '')
  if (kind === 'upgrade') {
    const target = ` -> ${middle(to ?? '', 18)}`
    // What it is and what it goes to say more than where it starts from, which every row of --json has.
    const whole = `${name}${versions}${target}`
    return whole.length <= WHAT ? inert(whole, 80) : fitted('', name, inert(target, 60))
  }
  return fitted(WITHOUT_FIX[kind], name, inert(middle(versions, 16), 40))
}

/** The versions say most: the name gives way, and keeps both ends. */
function fitted(before: string, name: string, after: string): string {
  return `${before}${middle(inert(name, 200), Math.max(10, WHAT - before.length - after.length))}${after}`
}

function ruleWord({ rule }: Directive, key: string): string {
  if (rule.kind === 'none') return 'none'
  const tiers =
    rule.kind === 'assigned' ? [rule.listed, rule.unlisted] : rule.kind === 'policy' ? rule.tiers : Object.values(rule.tiers)
  const tier = tiers.find((one) => one.key === key)
  if (tier === undefined) return inert(key, 14)
  if (tier.days === null)
    return inert(tier.otherwise === 'upgrade' ? 'upgrade' : tier.otherwise === 'priority' ? tier.name : key, 14)
  return `${tier.days} d${tier.triage ? ' + triage' : ''}`
}

/** The same by asset: each with its flaws, the earliest first. */
export function assetLines(owed: readonly OwedHere[], now: number, ink: Ink): string[] {
  const byAsset = new Map<string, OwedHere[]>()
  for (const one of owed) {
    for (const name of one.assets) {
      const own = byAsset.get(name)
      if (own === undefined) byAsset.set(name, [one])
      else own.push(one)
    }
  }
  return [...byAsset].flatMap(([name, own]) => {
    const rows = own
      .slice(0, MOST_ROWS)
      .map(({ obligation, component, primary, match }) => [
        dueWords(obligation.due, obligation.tier.key, now),
        inert(primary, 40),
        inert(`${component.name} ${component.version ?? ''}${match.fixed === null ? '' : ` -> ${match.fixed}`}`, 80),
      ])
    const lines = columns(rows, [{ most: 22 }, { most: 24 }, { most: 28 }])
    const left = own.length - rows.length
    return [
      ink.strong(`${inert(name, 60)}  ${counted(own.length, 'flaw')}`),
      ...lines.map((line, n) => `  ${coloured(line, own[n]!.obligation.due, now, ink)}`),
      ...(left > 0 ? [ink.dim(`  ${whole(left)} more: --json shows all`)] : []),
      '',
    ]
  })
}

const INPUTS: Readonly<Record<string, string>> = {
  'publicly-exposed': 'publicly exposed',
  'in-kev': 'known exploited',
  automatable: 'automatable',
  'technical-impact': 'technical impact',
  exploitation: 'exploitation',
  'human-impact': 'human impact',
  epss: 'EPSS',
  severity: 'severity',
  tag: 'tag',
}
const VALUES: Readonly<Record<string, string>> = { Y: 'yes', N: 'no', T: 'total', P: 'partial' }

/** Instants of RFC 3339 in a sentence as all other lines say them. */
function plainInstants(words: string): string {
  return words.replace(/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z/g, (found) => utc(found) ?? found)
}

/** Why one date is what it is: the rule's row, each input with who says so, both ways to count. */
export function whyDateLines({ primary, component, obligation }: OwedHere, name: string, ink: Ink): string[] {
  const { due, directive, row, tier, inputs, readings } = obligation
  const when = due === null ? 'has no date' : `is due ${utc(formatInstant(due))}`
  const rows = inputs.map(({ input, value, by, source, at, assumed }) => [
    INPUTS[input] ?? input,
    inert(VALUES[value] ?? value, 20),
    inert(
      assumed === null
        ? `${by === 'operator' ? 'your word' : source}${at === null ? '' : `, ${utc(formatInstant(at))}`}`
        : `assumed: ${assumed}`,
      200,
    ),
  ])
  const widths = [0, 1].map((n) => rows.reduce((most, one) => Math.max(most, one[n]!.length), 0))
  const text = (words: string) => wrap(plainInstants(words), 76).map((line) => `  ${line}`)
  return [
    ink.strong(`WHY  ${inert(primary, 40)} in ${inert(component.name, 40)} ${when}`),
    ...text(`${name}, ${directive}${row === null ? '' : `, row ${row}`}: ${inert(tier.name)}.`),
    ...rows.flatMap(([input, value, said]) => {
      const [first, ...more] = wrap(said!, Math.max(20, 72 - widths[0]! - widths[1]!))
      const lead = `    ${input!.padEnd(widths[0]!)}  ${value!.padEnd(widths[1]!)}  `
      return [`${lead}${first}`, ...more.map((line) => `${' '.repeat(lead.length)}${line}`)]
    }),
    ...readings.flatMap((reading) =>
      text(
        `${reading.counts ? 'Counted' : 'Not counted'}: ${reading.due === null ? 'no date' : utc(formatInstant(reading.due))}. ${sayReading(reading, obligation)}`,
      ),
    ),
    ...[sayMetadata(obligation), sayAnalogy(obligation)].flatMap((says) => (says === null ? [] : text(says))),
  ]
}
