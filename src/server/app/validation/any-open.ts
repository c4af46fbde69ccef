import { inTransaction, type Store } from '../../store/connection.ts'

/** Whether any validation waits or runs. */
export async function anyOpen(store: Store): Promise<boolean> {
  return await inTransaction(store, 'all', async ({ db }) => {
    const row = await db
      .selectFrom('validation')
      .select('id')
      .where('state', 'in', ['waiting', 'running'])
      .limit(1)
      .executeTakeFirst()
    return row !== undefined
  })
}
