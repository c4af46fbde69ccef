import type { ValidationRow } from '../../../contract/shapes/validation.ts'
import { permits } from '../../../core/access/permits.ts'
import type { Principal } from '../../../core/access/principal.ts'
import type { Id } from '../../../core/kernel/id.ts'
import { formatInstant, type Instant, instant } from '../../../core/kernel/instant.ts'
import type { Task } from '../../../core/validation/proof.ts'
import type { Tx } from '../../store/connection.ts'
import { openJson } from '../../store/keys/seal.ts'
import { mayList } from '../../store/predicate.ts'
import { nextInLine } from './next-in-line.ts'
import { sandboxState } from './sandbox-state.ts'
import type { StoredProgress, TargetAbout } from './stored-proof.ts'
import type { ValidationDesk } from './validation-desk.ts'

// Neither proof nor result: they are large, and a line shows nothing of them.
const COLUMNS = [
  'validation.id',
  'validation.organisation_id',
  'validation.flaw_id',
  'validation.finding_id',
  'validation.findings',
  'validation.target_id',
  'validation.tasks',
  'validation.state',
  'validation.asked_by',
  'validation.asked_at',
  'validation.key_slot',
  'validation.stop_asked',
  'validation.attempt',
  'validation.tier',
  'validation.progress',
  'validation.progress_at',
  'validation.seconds',
  'validation.started_at',
  'validation.ended_at',
  'validation.log',
] as const

/** The stored validations that the caller may `action`, with the names that their lines show. */
export function selectValidations(tx: Tx, who: Principal, action: 'list' | 'read') {
  return tx.db
    .selectFrom('validation')
    .innerJoin('organisation', 'organisation.id', 'validation.asked_by')
    .leftJoin('person', 'person.id', 'validation.person_id')
    .leftJoin('runner', 'runner.id', 'validation.runner_id')
    .leftJoin('target', 'target.id', 'validation.target_id')
    .select(COLUMNS)
    .select([
      'organisation.name as organisation_name',
      'person.name as person_name',
      'runner.name as runner_name',
      'target.key_slot as target_slot',
      'target.about as target_about',
    ])
    .where(mayList(who, action, 'validation', { organisation: 'validation.organisation_id', stage: 'validation.stage' }))
}

const NOT_OURS = 'A target of the clearinghouse'

export type StoredValidation = Awaited<ReturnType<ReturnType<typeof selectValidations>['execute']>>[number]

/**
 * Lines of validations for one viewer. Below the policy whoever reads only their own sees no other rows, so that the limits they are
 * told of are theirs, and of the queue no more than that it is not their turn.
 */
export async function validationRows(
  desk: ValidationDesk,
  tx: Tx,
  who: Principal,
  rows: readonly StoredValidation[],
): Promise<ValidationRow[]> {
  const all = permits(who, 'read', { noun: 'validation', stage: 'open', organisation: null, person: null, held: false })
  const waiting = rows.some((row) => row.state === 'waiting')
  const now = desk.clock()
  const sandbox = waiting ? await sandboxState(tx, desk.ownRunner, now) : null
  const line = waiting ? await nextInLine(tx, desk.limits, now, null) : null
  return rows.map((row) => {
    const waits = sandbox?.ready === false ? sandbox.say : (line?.why.get(row.id) ?? 'Waits for its turn.')
    return validationRow(desk, who, all, row, row.state === 'waiting' ? waits : null)
  })
}

function validationRow(
  desk: ValidationDesk,
  who: Principal,
  all: boolean,
  row: StoredValidation,
  waitsFor: string | null,
): ValidationRow {
  const [key, targetKey] = desk.keys.get([row.key_slot, row.target_slot ?? 0])
  const progress =
    row.progress === null || !key ? null : openJson<StoredProgress>(key, row.progress, `validation/${row.id}/progress`)
  const about =
    row.target_about === null || !targetKey
      ? null
      : openJson<TargetAbout>(targetKey, row.target_about, `target/${row.target_id}/about`)
  const moment = (at: number | null) => (at === null ? null : formatInstant(instant(at)))
  return {
    id: row.id,
    flaw: all ? row.flaw_id : null,
    finding: row.finding_id,
    // A finder sees that a run was made for them, not what another brought to make it.
    target: { id: row.target_id, name: about?.name ?? (row.target_slot === null ? NOT_OURS : 'Erased under its terms') },
    tasks: row.tasks as Task[],
    state: row.state,
    say: sayOf(row, progress),
    progress:
      row.state !== 'running' || progress === null
        ? null
        : { ...progress, at: moment(row.progress_at) ?? formatInstant(desk.clock() as Instant) },
    waitsFor,
    by: all
      ? (row.person_name ?? row.organisation_name)
      : row.asked_by === who.organisation
        ? row.organisation_name
        : 'The clearinghouse',
    askedAt: formatInstant(instant(row.asked_at)),
    startedAt: moment(row.started_at),
    endedAt: moment(row.ended_at),
    runner: row.runner_name,
    tier: row.tier,
    seconds: row.started_at === null ? null : row.seconds,
    mayStop: (row.state === 'waiting' || row.state === 'running') && !row.stop_asked && mayStop(who, row.asked_by),
  }
}

/** Whoever asked may stop it, and coordination anything. */
export function mayStop(who: Principal, askedBy: string): boolean {
  const organisation = askedBy as Id<'organisation'>
  return permits(who, 'write', { noun: 'validation', stage: 'open', organisation, person: null, held: false })
}

function sayOf(row: StoredValidation, told: StoredProgress | null): string {
  switch (row.state) {
    case 'waiting':
      return row.attempt === 0 ? 'Waits to be run.' : 'Its runner was lost; it waits to be run again.'
    case 'running':
      return row.stop_asked ? 'Is being stopped.' : 'Runs now.'
    default:
      return told?.say ?? 'Erased under its terms'
  }
}
