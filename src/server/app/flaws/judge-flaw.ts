import type { z } from 'zod'
import type { FlawPage, JudgeCommand } from '../../../contract/shapes/flaw.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { newId } from '../../../core/kernel/id.ts'
import { ASSUMPTIONS } from '../../../core/priority/assumptions.ts'
import { idOf } from '../../../core/priority/decision-table.ts'
import { utilityFrom } from '../../../core/priority/first-cut.ts'
import { type Answers, assumedInputs, judge } from '../../../core/priority/judgement.ts'
import { priorityRank, staffOf } from '../../../core/priority/staff.ts'
import { SUPPLIER_TABLE } from '../../../core/priority/tables/patching.ts'
import { tableById } from '../../../core/priority/tables/registry.ts'
import { at, inTransaction } from '../../store/connection.ts'
import { appendEvents } from '../../store/events.ts'
import { scopeFor } from '../../store/predicate.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import type { FlawDesk } from './command-flaws.ts'
import { loadFlaws } from './load-flaws.ts'
import { readFlaw } from './read-flaw.ts'

/** Records what a person of the clearinghouse judges by a table. Inputs they leave out are assumed, and marked so. */
export async function judgeFlaw(
  ground: FlawDesk,
  who: Principal,
  flaw: string,
  command: z.infer<typeof JudgeCommand>,
): Promise<Answer<Presented<FlawPage>>> {
  const table = tableById(command.table)
  if (table === null) return denied('request.invalid', 'There is no decision table of that id and version.', '/table')
  const now = ground.clock()
  const answers: Answers = Object.fromEntries(
    Object.entries(command.selections).map(([point, value]) => [
      point,
      { value, by: 'clearinghouse' as const, assumed: false, because: 'A person of the clearinghouse judged it.' },
    ]),
  )
  const judged = judge(table, answers, { ...ASSUMPTIONS, U: utilityFrom(answers, now) }, now)
  if (!judged.ok) return denied('request.invalid', judged.say, `/selections/${judged.point}`)
  const { judgement } = judged
  const changed = await inTransaction(ground.store, scopeFor(who, 'decide', 'flaw'), async (tx): Promise<Answer<null>> => {
    const row = [...(await loadFlaws(ground, tx, who, [flaw])).values()][0]?.record
    if (row === undefined) return NOT_FOUND
    if (row.version !== command.version) return denied('flaw.changed', 'Load it again and decide on what you see then.')
    if (row.state !== 'open') return denied('flaw.not-open')
    const id = newId('judgement', ground.random)
    await tx.db
      .insertInto('judgement')
      .values({
        target_key: row.target_key,
        id,
        flaw_id: flaw,
        table_id: judgement.table,
        outcome: judgement.outcome.value,
        by_voice: 'clearinghouse',
        person_id: who.person,
        at: at(now) as never,
        inputs: JSON.stringify(judgement.selections) as never,
      })
      .execute()
    const word = judgement.table === idOf(SUPPLIER_TABLE) ? staffOf(judgement.outcome) : null
    const priority =
      word === null
        ? {}
        : {
            priority: JSON.stringify({ outcome: word, table: judgement.table, assumed: assumedInputs(judgement) }),
            priority_rank: priorityRank(word),
          }
    const version = row.version + 1
    await tx.db
      .updateTable('flaw')
      .set({ ...priority, ...(row.need === 'triage' ? { need: 'nothing' } : {}), version })
      .where('id', '=', flaw)
      .execute()
    await appendEvents(tx, [
      {
        aggregate: 'flaw',
        aggregate_id: flaw,
        version,
        type: 'flaw-judged',
        at: now,
        actor: `person:${who.person}`,
        payload: { judgement: id, table: judgement.table },
      },
    ])
    return done(null)
  })
  return changed.ok ? await readFlaw(ground, who, flaw) : changed
}
