import type { Store } from '../store/connection.ts'

/** Names of organisations for lines that are made without waiting: an unknown one is asked for once and named from then on. */
export function organisationNames(store: Store): (id: string) => string {
  const names = new Map<string, string>()
  return (id) => {
    const known = names.get(id)
    if (known !== undefined) return known
    names.set(id, '')
    void store.db
      .selectFrom('organisation')
      .select('name')
      .where('id', '=', id)
      .executeTakeFirst()
      .then(
        (row) => names.set(id, row?.name ?? ''),
        () => names.delete(id),
      )
    return ''
  }
}
