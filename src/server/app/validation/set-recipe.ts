import type { TargetOut } from '../../../contract/shapes/validation.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { parseId } from '../../../core/kernel/id.ts'
import { parseRecipe } from '../../../core/validation/recipe-file.ts'
import type { Ground } from '../../ground.ts'
import { inTransaction } from '../../store/connection.ts'
import { sealJson } from '../../store/keys/seal.ts'
import { mayList, scopeFor } from '../../store/predicate.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { readTarget } from './list-targets.ts'

/** Says how a target is built, run and tested. Validations asked for before keep the recipe they were asked with. */
export async function setRecipe(
  ground: Ground,
  who: Principal,
  text: string,
  value: unknown,
): Promise<Answer<Presented<TargetOut>>> {
  const id = parseId('target', text)
  if (id === null) return NOT_FOUND
  const set = await inTransaction(ground.store, scopeFor(who, 'write', 'target'), async (tx): Promise<Answer<null>> => {
    const row = await tx.db
      .selectFrom('target')
      .select('key_slot')
      .where('id', '=', id)
      .where(mayList(who, 'write', 'target', { organisation: 'target.organisation_id', stage: 'target.stage' }))
      .forUpdate()
      .executeTakeFirst()
    const [key] = row === undefined ? [] : ground.keys.get([row.key_slot])
    if (!key) return NOT_FOUND
    const parsed = parseRecipe(value)
    if (!parsed.ok) return denied('request.invalid', [parsed.say, parsed.mend].filter(Boolean).join(' '), parsed.at)
    const recipe = sealJson(key, parsed.recipe, `target/${id}/recipe`, ground.random)
    await tx.db.updateTable('target').set({ recipe }).where('id', '=', id).execute()
    return done(null)
  })
  return set.ok ? await readTarget(ground, who, id) : set
}
