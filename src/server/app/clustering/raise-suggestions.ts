import { newId } from '../../../core/kernel/id.ts'
import type { Ground } from '../../ground.ts'
import type { Tx } from '../../store/connection.ts'
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
  const fresh = questions.flatMap((question) => {
    const key = gists.get(question.of.id)?.key
    if (key === undefined || told.has(`${question.a} ${question.b}`)) return []
    const id = newId('suggestion', ground.random)
    const plain = question.reasons.map(({ say, weight }) => ({ say, weight }))
    return { id, question, reasons: seal(key, Buffer.from(JSON.stringify(plain)), `suggestion/${id}/reasons`, ground.random) }
  })
  const { rows: stored } = await tx.client.query<{ flaw_a: string; flaw_b: string }>(
    `insert into suggestion (target_key, id, flaw_a, flaw_b, score, algorithm, reasons, reasons_of, key_slot, state, raised_at)
     select t, i, a, b, s, g, r, o, k, 'open', $10::timestamptz
     from unnest($1::bytea[], $2::text[], $3::text[], $4::text[], $5::real[], $6::text[], $7::bytea[], $8::text[], $9::int[]) as q(t, i, a, b, s, g, r, o, k)
     on conflict do nothing returning flaw_a, flaw_b`,
    [
      fresh.map(({ question }) => question.of.targetKey), fresh.map(({ id }) => id), fresh.map(({ question }) => question.a), fresh.map(({ question }) => question.b),
      fresh.map(({ question }) => question.score), fresh.map(({ question }) => question.algorithm), fresh.map(({ reasons }) => reasons), fresh.map(({ question }) => question.of.id),
      fresh.map(({ question }) => question.of.slot), new Date(now).toISOString(),
    ],
  )
  for (const row of stored) asked.add(row.flaw_a).add(row.flaw_b)
  return asked
}
