import { sayStep } from '../../core/exposure/say-step.ts'
import { formatInstant, type Instant } from '../../core/kernel/instant.ts'
import type { HeldFlaw } from './held-flaws.ts'
import { dueState, type OwedHere } from './owed-flaws.ts'

const at = (instant: Instant | null) => (instant === null ? null : formatInstant(instant))

/** One finding as the object that `--json` prints; docs/exposure.md says what each field means. */
export function findingJson(owed: OwedHere, now: number): object {
  const { obligation, signals, assets } = owed
  const { triage } = obligation
  return {
    ...flawJson(owed),
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
export function heldJson({ flaw, assets }: HeldFlaw): object {
  return { ...flawJson(flaw), state: null, due: null, directive: null, assets: assets.map(({ name }) => name) }
}

function flawJson({ component, primary, ids, match, records, statement }: HeldFlaw['flaw']): object {
  return {
    purl: component.purl,
    id: primary,
    aliases: ids.filter((id) => id !== primary),
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
