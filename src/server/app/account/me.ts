import type { Me } from '../../../contract/shapes/account.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import { presentAccount } from '../../../core/access/present/public.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { formatInstant } from '../../../core/kernel/instant.ts'
import type { Ground } from '../../ground.ts'
import type { Config } from '../../main/config.ts'

/** Who asks, as this instance knows them, and what the page must know of the instance. Notes are for those who run it. */
export async function readMe(ground: Ground, config: Config, notes: readonly string[], who: Principal): Promise<Presented<Me>> {
  const { db } = ground.store
  const person =
    who.person === null
      ? undefined
      : await db.selectFrom('person').select(['id', 'name', 'email']).where('id', '=', who.person).executeTakeFirst()
  const organisation =
    who.organisation === null
      ? undefined
      : await db.selectFrom('organisation').select(['id', 'name']).where('id', '=', who.organisation).executeTakeFirst()
  return presentAccount({
    signedIn: who.kind !== 'stranger',
    person: person ?? null,
    organisation: organisation ?? null,
    roles: [...who.roles],
    cases: who.outOfCases !== true,
    instance: {
      name: config.name,
      demo: config.demo,
      now: formatInstant(ground.clock()),
      contact: config.contact,
      signIn: { passkey: true, oidc: config.oidc?.name ?? null },
      notes: config.demo || who.roles.includes('administrator') ? [...notes] : [],
    },
  })
}
