import { formatInstant } from '../../kernel/instant.ts'
import type { ChangeOf } from './change.ts'
import type { AnalogyWhy, Obligation, Reading } from './obligation.ts'
import type { Metadata } from './outcome.ts'

const METADATA: Readonly<Record<Metadata, string | null>> = {
  'as-stated': null,
  'no-and-total':
    'Something was not judged. Read by the directive’s defaults: not automatable, total impact. It gives the earlier date.',
  'sixty-days': 'Something was not judged. Read as 60 days, which is the earlier date.',
  'unknown-holds': 'Something was not said. Read as if it held, which gives the earlier date.',
  'unknown-does-not': 'Something was not said. Read as if it did not hold, which gives the earlier date.',
}

const ANALOGY: Readonly<Record<AnalogyWhy, string>> = {
  'no-cve': 'The flaw has no CVE id, of which the directive speaks.',
  'not-bound': 'The directive does not bind this organisation.',
  'nobody-said-bound': 'Nobody said whether the directive binds this organisation.',
  'own-choice': 'The method binds nobody.',
}

const CHANGES: Readonly<Record<ChangeOf, string>> = {
  kev: 'The listing in KEV changed.',
  epss: 'The probability of exploitation (EPSS) changed.',
  ssvc: 'The judgement of exploitation, automation or impact (SSVC) changed.',
  severity: 'The severity changed.',
  exposure: 'It was said anew whether the assets can be reached from public networks.',
  identified: 'An earlier finding on an asset became known.',
  bound: 'It was said anew whether the directive binds the organisation.',
  tags: 'The tags of the assets changed.',
  'human-impact': 'The impact on people was judged anew.',
  cve: 'The CVE id of the flaw changed.',
  directive: 'The organisation goes by another directive, or another version of it.',
}

/** Why a date moved. */
export function sayChange(of: ChangeOf): string {
  return CHANGES[of]
}

/** How a due instant was counted, in a sentence. */
export function sayReading(reading: Reading, { tier, start }: Pick<Obligation, 'tier' | 'start'>): string {
  if (reading.reading === 'assigned') return 'The date that KEV itself assigns.'
  const from = reading.from === null ? '' : formatInstant(reading.from)
  if (tier.days === null) return `${tier.name}: no days are counted (from ${from}).`
  const days = tier.days === 1 ? '1 calendar day' : `${tier.days} calendar days`
  if (reading.reading === 'from-change') return `${days} after ${from}, when the tier last changed; end of that day, UTC.`
  const why = start?.because === 'kev-added' ? 'when KEV listed it' : 'when it was first found on an asset'
  return `${days} after ${from}, ${why}; end of that day, UTC.`
}

/** Why a result is no finding of compliance; null: the directive binds and applies. */
export function sayAnalogy({ analogy }: Pick<Obligation, 'analogy'>): string | null {
  return analogy.length === 0 ? null : `An analogy, no finding of compliance. ${analogy.map((why) => ANALOGY[why]).join(' ')}`
}

/** How what nobody said was read; null where nothing that decides was missing. */
export function sayMetadata({ metadata }: Pick<Obligation, 'metadata'>): string | null {
  return METADATA[metadata]
}
