import type { Selectable } from 'kysely'
import type { Principal } from '../../../core/access/principal.ts'
import type { Flaw, Member, Suggestion } from '../../../core/findings/flaw/flaw.ts'
import { ordered } from '../../../core/findings/flaw/flaw.ts'
import type { Id } from '../../../core/kernel/id.ts'
import { parseId } from '../../../core/kernel/id.ts'
import type { Instant } from '../../../core/kernel/instant.ts'
import type { Ground } from '../../ground.ts'
import type { Tx } from '../../store/connection.ts'
import { openJson } from '../../store/keys/seal.ts'
import { mayList } from '../../store/predicate.ts'
import type { FlawTable } from '../../store/tables.ts'
import { openQuestions } from './open-questions.ts'

type FlawId = Id<'flaw'>
export type FlawRecord = Selectable<FlawTable>

/** What of a flaw's state is kept beside its members: sealed, because people's reasons stand in it. */
export type Deeds = Pick<Flaw, 'stage' | 'into' | 'merges' | 'splits' | 'apart' | 'judgements'> & {
  /** The flaw this one was split from. */
  readonly splitFrom: FlawId | null
  /** Priority before each merge that stands, to be put back when it is undone. */
  readonly before: Readonly<Record<string, { readonly priority: string | null; readonly rank: number }>>
}

export const NO_DEEDS: Deeds = {
  stage: 'open',
  into: null,
  merges: [],
  splits: [],
  apart: [],
  judgements: [],
  splitFrom: null,
  before: {},
}

/** One flaw as a command needs it: the locked row, its deeds, and the pure state made of both. */
export interface LoadedFlaw {
  readonly record: FlawRecord
  readonly deeds: Deeds
  readonly flaw: Flaw
  /** null once erased. */
  readonly key: Buffer | null
}

/** Locks and loads flaws the caller may decide about, in the order of their ids so that two commands never wait for each other. */
export async function loadFlaws(
  ground: Ground,
  tx: Tx,
  who: Principal,
  ids: readonly string[],
): Promise<Map<FlawId, LoadedFlaw>> {
  const known = [...new Set(ids)].filter((id) => parseId('flaw', id) !== null)
  if (known.length === 0) return new Map()
  const records = await tx.db
    .selectFrom('flaw')
    .selectAll()
    .where('id', 'in', known)
    .where(mayList(who, 'decide', 'flaw', { stage: 'flaw.stage' }))
    .orderBy('id')
    .forUpdate()
    .execute()
  const keys = ground.keys.get(records.map((record) => record.key_slot))
  const loaded = new Map<FlawId, LoadedFlaw>()
  for (const [i, record] of records.entries()) {
    const id = record.id as FlawId
    const key = keys[i] ?? null
    const deeds = record.deeds === null || key === null ? NO_DEEDS : openJson<Deeds>(key, record.deeds, `flaw/${id}/deeds`)
    const { splitFrom: _, before: __, ...state } = deeds
    const flaw: Flaw = {
      id,
      version: record.version,
      title: '',
      openedAt: record.first_at as Instant,
      ...state,
      members: await membersOf(tx, id),
      suggestions: await suggestionsOf(tx, id),
    }
    loaded.set(id, { record, deeds, flaw, key })
  }
  return loaded
}

async function membersOf(tx: Tx, flaw: FlawId): Promise<Member[]> {
  const rows = await tx.db
    .selectFrom('member')
    .innerJoin('finding', (join) =>
      join.onRef('finding.target_key', '=', 'member.target_key').onRef('finding.id', '=', 'member.finding_id'),
    )
    .select(['member.finding_id', 'member.organisation_id', 'member.joined_at', 'member.algorithm', 'finding.received_at'])
    .where('member.flaw_id', '=', flaw)
    .execute()
  return ordered(
    rows.map((row) => ({
      finding: row.finding_id as Id<'finding'>,
      finder: row.organisation_id as Id<'organisation'>,
      receivedAt: row.received_at as Instant,
      joinedAt: row.joined_at as Instant,
      because: null,
      by: { kind: 'algorithm', name: row.algorithm },
    })),
  )
}

async function suggestionsOf(tx: Tx, flaw: FlawId): Promise<Suggestion[]> {
  const questions = await openQuestions(tx, flaw)
  return questions.map((question) => ({
    id: question.id as Id<'suggestion'>,
    other: question.other as FlawId,
    finding: '' as Id<'finding'>,
    otherFinding: '' as Id<'finding'>,
    score: question.score,
    reasons: [],
    algorithm: question.algorithm,
    raisedAt: question.raisedAt as Instant,
  }))
}
