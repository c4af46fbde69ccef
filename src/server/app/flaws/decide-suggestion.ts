import type { z } from 'zod'
import type { DecideCommand, FlawPage } from '../../../contract/shapes/flaw.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { type Id, parseId } from '../../../core/kernel/id.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { scopeFor } from '../../store/predicate.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { commandFlaws, type FlawDesk } from './command-flaws.ts'
import { readFlaw } from './read-flaw.ts'

/** A person answers whether two flaws are one. Both answers can be undone. */
export async function decideSuggestion(
  desk: FlawDesk,
  who: Principal,
  text: string,
  { verdict, why }: z.infer<typeof DecideCommand>,
): Promise<Answer<Presented<FlawPage>>> {
  const id = parseId('suggestion', text)
  if (id === null) return NOT_FOUND
  const asked = await inTransaction(
    desk.store,
    scopeFor(who, 'decide', 'suggestion'),
    async (tx): Promise<Answer<[string, string]>> => {
      const row = await tx.db
        .selectFrom('suggestion')
        .select(['flaw_a', 'flaw_b', 'state'])
        .where('id', '=', id)
        .executeTakeFirst()
      if (row === undefined) return NOT_FOUND
      return row.state === 'open'
        ? done([await standing(tx, row.flaw_a), await standing(tx, row.flaw_b)])
        : denied('suggestion.decided')
    },
  )
  if (!asked.ok) return asked
  let page = asked.value[0]
  const decided = await commandFlaws(desk, who, {
    seen: null,
    // Asked again under lock: whoever answered first keeps the last word.
    flaws: async (tx) => {
      const row = await tx.db.selectFrom('suggestion').select('state').where('id', '=', id).forUpdate().executeTakeFirst()
      return row?.state === 'open' ? asked.value : []
    },
    command: (loaded, deciding) => {
      const [one, other] = asked.value.map((flaw) => loaded.get(flaw as Id<'flaw'>)!) as [
        NonNullable<ReturnType<typeof loaded.get>>,
        NonNullable<ReturnType<typeof loaded.get>>,
      ]
      // The older flaw stays: its id is the one people know.
      const [into, from] =
        other.record.first_at < one.record.first_at ? [other.flaw.id, one.flaw.id] : [one.flaw.id, other.flaw.id]
      page = into
      return done(
        verdict === 'merge'
          ? { ...deciding, type: 'merge-flaws', into, from, why }
          : { ...deciding, type: 'keep-apart', flaw: into, other: from, why },
      )
    },
  })
  return decided.ok ? await readFlaw(desk, who, page) : decided
}

/** The open flaw that a flaw became part of. */
async function standing(tx: Tx, flaw: string): Promise<string> {
  let id = flaw
  for (let hops = 0; hops < 1000; hops++) {
    const row = await tx.db.selectFrom('flaw').select(['merged_into']).where('id', '=', id).executeTakeFirst()
    if (row === undefined || row.merged_into === null) return id
    id = row.merged_into
  }
  return id
}
