import { type Deadline, HOUR, type Instant, instant, parseInstant } from '../../kernel/instant.ts'

// What the law makes a participant tell an authority, embargo or not. It is an exception to secrecy towards that authority alone:
// no row ends an embargo or publishes anything. Hours are hours on the clock; days are 24 hours, weekends and holidays count.

export type LegalRegime = 'cra' | 'nis2' | 'dora' | 'fedramp'

export interface LegalClock {
  readonly id: string
  readonly what: string
  /** `aware`: the participant knows that its product's flaw is exploited; `fix`: a corrective or mitigating measure is available. */
  readonly from: 'aware' | 'fix'
  readonly hours: number
}

export interface LegalRule {
  readonly regime: LegalRegime
  readonly version: string
  readonly name: string
  readonly source: string
  readonly binds: string
  readonly tells: string
  /** First instant at which it applies; null: not laid down here. */
  readonly since: Instant | null
  /** Empty: the sources read name the regime and no hours. Its duties are then entered by the participant, never guessed. */
  readonly clocks: readonly LegalClock[]
}

export const LEGAL_RULES: readonly LegalRule[] = [
  {
    regime: 'cra',
    version: '2024/2847',
    name: 'Cyber Resilience Act, Article 14',
    source: 'Regulation (EU) 2024/2847, Article 14(1) and (2); read 2026-11',
    binds: 'manufacturers of products with digital elements',
    tells: 'the CSIRT designated as coordinator and ENISA',
    since: parseInstant('2026-09-11T00:00:00Z'),
    clocks: [
      { id: 'early-warning', what: 'early warning', from: 'aware', hours: 24 },
      { id: 'notification', what: 'notification', from: 'aware', hours: 72 },
      { id: 'final-report', what: 'final report', from: 'fix', hours: 14 * 24 },
    ],
  },
  named('nis2', 'NIS2 Directive', 'essential and important entities'),
  named('dora', 'Digital Operational Resilience Act', 'financial entities'),
  named('fedramp', 'FedRAMP NTC-0014', 'certified cloud services'),
]

function named(regime: LegalRegime, name: string, binds: string): LegalRule {
  const source = 'Named as a clock that goes before embargoes; its hours were not read.'
  return { regime, version: 'named', name, source, binds, tells: 'the authority it names', since: null, clocks: [] }
}

export interface LegalFacts {
  readonly participant: string
  readonly regimes: readonly LegalRegime[]
  /** When this participant became aware that the flaw is actively exploited; null: it is not, or it does not know. */
  readonly awareAt: Instant | null
  readonly fixAt: Instant | null
}

/** A dated duty of one participant; `deadline.at` is null while what it counts from has not happened. */
export interface LegalDuty {
  readonly participant: string
  readonly regime: LegalRegime
  readonly what: string
  readonly tells: string
  readonly deadline: Deadline | null
  readonly say: string
}

const LAST = 8_640_000_000_000_000

/** The duties of a participant under the regimes it says it is bound by, the earliest first; none before it is aware of attacks. */
export function legalDuties({ participant, regimes, awareAt, fixAt }: LegalFacts): readonly LegalDuty[] {
  if (awareAt === null) return []
  const duties = LEGAL_RULES.filter(
    ({ regime, since }) => regimes.includes(regime) && (since === null || awareAt >= since),
  ).flatMap((rule) => (rule.clocks.length === 0 ? [undated(participant, rule)] : dated(participant, rule, awareAt, fixAt)))
  const at = ({ deadline }: LegalDuty) => deadline?.at ?? Number.POSITIVE_INFINITY
  return duties.sort((a, b) => (at(a) < at(b) ? -1 : at(a) > at(b) ? 1 : 0))
}

function dated(participant: string, rule: LegalRule, awareAt: Instant, fixAt: Instant | null): LegalDuty[] {
  const { regime, tells, name, version } = rule
  return rule.clocks.map(({ id, what, from, hours }) => {
    // A fix that was there before anybody knew of attacks starts no clock in the past.
    const start = from === 'aware' ? awareAt : fixAt === null ? null : Math.max(fixAt, awareAt)
    const at = start === null ? null : instant(Math.min(LAST, start + hours * HOUR))
    const deadline = at === null ? null : { at, zone: 'UTC', rule: `${regime}/${version}#${id}` }
    const say = `${name}: ${what} to ${tells} within ${hours} hours of ${from === 'aware' ? 'becoming aware of attacks' : 'the fix'}.`
    return { participant, regime, what, tells, deadline, say }
  })
}

function undated(participant: string, { regime, tells, name }: LegalRule): LegalDuty {
  const say = `${name} may ask for a report too; its hours are not in this table, so ask whoever answers for it in your organisation.`
  return { participant, regime, what: 'report', tells, deadline: null, say }
}
