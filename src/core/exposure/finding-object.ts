import { formatInstant, type Instant } from '../kernel/instant.ts'
import type { ComponentFlaw } from './assess.ts'
import type { OwedFlaw } from './owed-flaw.ts'
import { sayStep } from './say-step.ts'

export type DueState = 'late' | 'soon' | 'later' | 'no-date'

const SOON = 72 * 3_600_000

/** How a due instant stands to now; within 72 hours is soon. */
export function dueState(due: Instant | null, now: number): DueState {
  if (due === null) return 'no-date'
  if (due < now) return 'late'
  return due - now <= SOON ? 'soon' : 'later'
}

const at = (instant: Instant | null) => (instant === null ? null : formatInstant(instant))

/** One finding as the object that programs read; docs/exposure.md says what each field means. */
export function findingObject(owed: OwedFlaw, now: number): object {
  const { obligation, signals, assets } = owed
  const { triage } = obligation
  return {
    ...flawObject(owed),
    state: dueState(obligation.due, now),
    due: at(obligation.due),
    directive: obligation.directive,
    rule: obligation.row === null ? obligation.directive : `${obligation.directive}#${obligation.row}`,
    row: obligation.row,
    tier: { key: obligation.tier.key, name: obligation.tier.name, days: obligation.tier.days },
    readings: obligation.readings.map(({ reading, from, due, counts }) => ({ reading, from: at(from), due: at(due), counts })),
    outcomes: obligation.outcomes.map(({ metadata, row, tier }) => ({ metadata, row, tier: tier.key, days: tier.days })),
    inputs: obligation.inputs.map((input) => ({ ...input, at: at(input.at) })),
    assumed: obligation.inputs.flatMap(({ input, assumed }) => (assumed === null ? [] : [input])),
    analogy: obligation.analogy,
    triage:
      triage === null
        ? null
        : {
            because: triage.because,
            steps: triage.steps.map((step) => ({ ...step, due: at(step.due), dueFromIdentified: at(step.dueFromIdentified) })),
            look: triage.look,
            source: triage.source,
          },
    exploited: signals.kev === null ? null : signals.kev.value !== null,
    epss: signals.epss?.value ?? null,
    severity: signals.severity?.value ?? null,
    assets,
  }
}

/** What is known of a flaw in a component whatever is owed: also of those that nobody can tell, or that a statement settled. */
export function heldObject(flaw: ComponentFlaw, assets: readonly string[]): object {
  return { ...flawObject(flaw), state: null, due: null, directive: null, assets }
}

function flawObject({ component, primary, ids, covers, match, records, statement }: ComponentFlaw): object {
  return {
    purl: component.purl,
    id: primary,
    aliases: ids.filter((id) => id !== primary),
    covers,
    name: component.group === null ? component.name : `${component.group}/${component.name}`,
    version: component.version,
    fixed: match.fixed,
    affected: match.affected,
    match: match.by,
    strength: match.by === 'cpe' ? 'weak' : 'exact',
    why: match.steps.map(sayStep),
    steps: match.steps,
    records: records.map(({ record, match: own }) => ({
      id: record.id,
      source: record.source,
      modified: at(record.modified),
      affected: own.affected,
      fixed: own.fixed,
    })),
    summary: records.find(({ record }) => record.summary !== '')?.record.summary ?? '',
    vex: statement === null ? null : { status: statement.status, author: statement.author, document: statement.document },
    place: component.place,
  }
}
