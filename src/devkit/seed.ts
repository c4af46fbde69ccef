import { sql } from 'kysely'
import { newId } from '../core/kernel/id.ts'
import { DEMO_PEOPLE, type SeededPerson } from '../server/app/account/demo-people.ts'
import type { Ground } from '../server/ground.ts'
import { at, inTransaction, type Tx } from '../server/store/connection.ts'
import { CASE_PEOPLE, CASE_VENDORS } from './case-people.ts'
import { DOCKET_PEOPLE } from './docket-people.ts'
import type { PersonSeed } from './person-seed.ts'

const FINDER = 'What your reports became: a receipt for each, and where each stands.'

/** The people of a demo. All of them, and their organisations, are invented. */
export const PEOPLE: readonly PersonSeed[] = [
  {
    organisation: 'North Coast Clearinghouse',
    kind: 'clearinghouse',
    name: 'Ines Marrow',
    email: 'ines.marrow@northcoast.example',
    roles: ['coordinator'],
    says: 'The queue: flaws that need a decision, with their duplicates already grouped.',
  },
  {
    organisation: 'North Coast Clearinghouse',
    kind: 'clearinghouse',
    name: 'Tomas Avel',
    email: 'tomas.avel@northcoast.example',
    roles: ['administrator'],
    says: 'People, organisations, invites and tokens; no report can be read from here.',
  },
  {
    organisation: 'North Coast Clearinghouse',
    kind: 'clearinghouse',
    name: 'Oona Feld',
    email: 'oona.feld@northcoast.example',
    roles: ['inspector'],
    says: 'Which organisations take part, and the public record of the log; never content.',
  },
  {
    organisation: 'Halyard Labs',
    kind: 'finder',
    name: 'Sunniva Rask',
    email: 'sunniva.rask@halyard.example',
    roles: ['finder'],
    says: FINDER,
  },
  {
    organisation: 'Tern Security',
    kind: 'finder',
    name: 'Desmond Achterberg',
    email: 'desmond.achterberg@tern.example',
    roles: ['finder'],
    says: FINDER,
  },
  {
    organisation: 'CRS Kittiwake',
    kind: 'finder',
    name: 'Mira Okonjo',
    email: 'mira.okonjo@kittiwake.example',
    roles: ['finder'],
    says: FINDER,
  },
  {
    organisation: 'Skerry Project',
    kind: 'vendor',
    name: 'Leif Tanaka',
    email: 'leif.tanaka@skerry.example',
    roles: ['maintainer'],
    says: 'A maintainer in two cases: one of many vendors under an embargo, one that is public.',
  },
  {
    organisation: 'Skerry Project',
    kind: 'vendor',
    name: 'Berit Solheim',
    email: 'berit.solheim@skerry.example',
    roles: ['group-admin'],
    says: 'The people of one vendor: who belongs to it and what they may do; no case can be read from here.',
  },
  {
    organisation: 'Fjordlight Power',
    kind: 'operator',
    name: 'Amara Quill',
    email: 'amara.quill@fjordlight.example',
    roles: ['operator'],
    says: 'What to patch first, where, by when and why, from three inventories.',
  },
  ...Object.values(CASE_PEOPLE),
  ...Object.values(DOCKET_PEOPLE),
]

/** Puts the demo's organisations and people in place. Run again it adds only what is missing. */
export async function seedDemo(ground: Ground): Promise<void> {
  await inTransaction(ground.store, 'none', async (tx) => {
    const seeded: SeededPerson[] = []
    for (const seed of PEOPLE)
      seeded.push({ id: await ensurePerson(ground, tx, await ensureOrganisation(ground, tx, seed), seed), says: seed.says })
    for (const seed of CASE_VENDORS.flat()) await ensurePerson(ground, tx, await ensureOrganisation(ground, tx, seed), seed)
    const value = JSON.stringify(seeded)
    await tx.db
      .insertInto('setting')
      .values({ name: DEMO_PEOPLE, value })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
      .execute()
  })
}

async function ensureOrganisation(ground: Ground, { db }: Tx, { organisation: name, kind }: PersonSeed): Promise<string> {
  const found = await db.selectFrom('organisation').select('id').where('name', '=', name).executeTakeFirst()
  if (found !== undefined) return found.id
  const id = newId('organisation', ground.random)
  await db
    .insertInto('organisation')
    .values({ id, name, kind, created_at: at(ground.clock()) as never })
    .execute()
  return id
}

async function ensurePerson(
  ground: Ground,
  { db }: Tx,
  organisation: string,
  { name, email, roles }: PersonSeed,
): Promise<string> {
  const found = await db
    .selectFrom('person')
    .select('id')
    .where(sql<boolean>`lower(email) = lower(${email})`)
    .where('state', '<>', 'left')
    .executeTakeFirst()
  if (found !== undefined) return found.id
  const id = newId('person', ground.random)
  const created = at(ground.clock()) as never
  await db
    .insertInto('person')
    .values({
      id,
      organisation_id: organisation,
      name,
      email,
      roles: [...roles],
      state: 'active',
      created_at: created,
      last_seen: null,
    })
    .execute()
  return id
}
