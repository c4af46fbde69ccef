import type { Tx } from '../../store/connection.ts'

/** Names of people and organisations by id. */
export interface Names {
  readonly people: ReadonlyMap<string, string>
  readonly organisations: ReadonlyMap<string, string>
}

/** Loads the names behind those ids; an id without a name is left out. */
export async function loadNames(tx: Tx, people: Iterable<string>, organisations: Iterable<string>): Promise<Names> {
  const [persons, homes] = [[...new Set(people)], [...new Set(organisations)]]
  const found =
    persons.length === 0 ? [] : await tx.db.selectFrom('person').select(['id', 'name']).where('id', 'in', persons).execute()
  const known =
    homes.length === 0 ? [] : await tx.db.selectFrom('organisation').select(['id', 'name']).where('id', 'in', homes).execute()
  return {
    people: new Map(found.map(({ id, name }) => [id, name])),
    organisations: new Map(known.map(({ id, name }) => [id, name])),
  }
}
