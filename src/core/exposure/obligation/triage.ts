import { HOUR, type Instant, instant } from '../../kernel/instant.ts'
import type { Facts } from './facts.ts'
import { type KevEntry, listedIn } from './signals.ts'

export const TRIAGE_STEPS = ['scope', 'collect', 'analyse'] as const
export type TriageStepName = (typeof TRIAGE_STEPS)[number]

/** Looking for signs of a break-in, with a clock a step. */
export interface Triage {
  /** `row`: the rule's row asks for it; `kev`: the catalogue's entry does. */
  readonly because: readonly ('row' | 'kev')[]
  /** `day`: the catalogue gives the day of listing only; clocks count from its first moment in UTC, which is the earlier. */
  readonly precision: 'day' | 'instant'
  readonly steps: readonly TriageStep[]
  /** What to look for, as the catalogue's entry says it; empty: it says nothing. */
  readonly look: readonly TriageLead[]
  readonly source: string
}

export interface TriageStep {
  readonly step: TriageStepName
  readonly hours: number
  /** Counted from the listing in KEV; null where it is not listed and the flaw not identified. */
  readonly due: Instant | null
  /** Counted from the identification on an asset, where that came after the listing. */
  readonly dueFromIdentified: Instant | null
  readonly beforePatching: boolean
  /** Only one public source states the hours. */
  readonly singleSource: true
}

/** A labelled address in the entry's notes. Hostile text: shown inert, never fetched. */
export interface TriageLead {
  readonly label: string
  readonly address: string
}

const HOURS: Readonly<Record<TriageStepName, number>> = { scope: 2, collect: 24, analyse: 72 }
const SOURCE =
  'Implementation guidance to BOD 26-04, June 2026; the hours as one analysis of it states them, the order of the steps as two do.'

/** The triage that is owed; null where neither the row nor the entry asks for one. */
export function triageOf(byRow: boolean, facts: Facts): Triage | null {
  const entry = listedIn(facts.signals)
  const byKev = entry?.triage === true
  if (!byRow && !byKev) return null
  const because = [...(byRow ? (['row'] as const) : []), ...(byKev ? (['kev'] as const) : [])]
  const anchor = entry?.added ?? facts.identified
  const later = entry !== null && facts.identified !== null && facts.identified > entry.added ? facts.identified : null
  const steps = TRIAGE_STEPS.map((step) => ({
    step,
    hours: HOURS[step],
    due: after(anchor, HOURS[step]),
    dueFromIdentified: after(later, HOURS[step]),
    beforePatching: step === 'collect',
    singleSource: true as const,
  }))
  return { because, precision: entry?.precision ?? 'instant', steps, look: entry === null ? [] : leads(entry), source: SOURCE }
}

function after(from: Instant | null, hours: number): Instant | null {
  return from === null ? null : instant(Math.min(from + hours * HOUR, 8_640_000_000_000_000))
}

const MOST_NOTES = 20_000
const MOST_LEADS = 20
const ADDRESS = /https?:\/\/[!-~]{1,2000}/
const PART = /;(?=\s|https?:|[A-Z][A-Za-z0-9 -]{0,80}:\s)/
const OF_TRIAGE = /forensic|triage|indicator|\bioc|compromise|hunt|detect/i

/**
 * Addresses in the notes whose label speaks of triage, such as "Forensics Triage Requirements: https://…". The notes are parts
 * between semicolons, with or without a space, and are read to 20,000 characters. A semicolon within an address belongs to it.
 */
export function leads({ notes }: Pick<KevEntry, 'notes'>): readonly TriageLead[] {
  const found: TriageLead[] = []
  for (const part of notes.slice(0, MOST_NOTES).split(PART)) {
    const address = ADDRESS.exec(part)
    if (address === null) continue
    const label = part
      .slice(0, address.index)
      .replace(/[:\s]+$/, '')
      .slice(-200)
      .trim()
    if (OF_TRIAGE.test(label) && found.length < MOST_LEADS) found.push({ label, address: address[0] })
  }
  return found
}
