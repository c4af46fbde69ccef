import { newId } from '../../../core/kernel/id.ts'
import type { Ground } from '../../ground.ts'
import { at, type Tx } from '../../store/connection.ts'
import { seal } from '../../store/keys/seal.ts'
import type { Question } from './group-batch.ts'
import type { Gists } from './group-some.ts'

/** Stores new questions, but not about pairs that a person said are apart or that were asked before. Returns the flaws asked about. */
export async function raiseSuggestions(ground: Ground, tx: Tx, questions: readonly Question[], gists: Gists): Promise<Set<string>> {
  const asked = new Set<string>()
  if (questions.length === 0) return asked
  const now = ground.clock()
  const { rows: apart } = await tx.client.query<{ a: string; b: string }>(
    'select p.a, p.b from apart p join unnest($1::bytea[], $2::text[], $3::text[]) as q(t, a, b) on p.target_key = q.t and p.a = q.a and p.b = q.b',
    [questions.map((question) => question.of.targetKey), questions.map((question) => question.a), questions.map((question) => question.b)],
  )
  const told = new Set(apart.map(({ a, b }) => `${a} ${b}`))
  for (const question of questions) {
    const key = gists.get(question.of.id)?.key
    if (key === undefined || told.has(`${question.a} ${question.b}`)) continue
    const id = newId('suggestion', ground.random)
    const reasons = seal(key, Buffer.from(JSON.stringify(question.reasons)), `suggestion/${id}/reasons`, ground.random)
    const stored = await tx.db
      .insertInto('suggestion')
      .values({
        target_key: question.of.targetKey, id, flaw_a: question.a, flaw_b: question.b, score: question.score, algorithm: question.algorithm, reasons, reasons_of: question.of.id,
        key_slot: question.of.slot, state: 'open', raised_at: at(now) as never, decided_at: null,
      })
      .onConflict((conflict) => conflict.doNothing()).returning('id').executeTakeFirst()
    if (stored !== undefined) asked.add(question.a).add(question.b)
  }
  return asked
}
