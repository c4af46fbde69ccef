import { PgBoss } from 'pg-boss'
import type { Store, Tx } from '../store/connection.ts'
import type { QueueName } from './queues.ts'

export interface Queue {
  /** Enqueues in the command's own transaction: the job exists exactly when the change does. `body` holds ids only. */
  send(tx: Tx, name: QueueName, body: object): Promise<void>
  /** Runs `work` for jobs of that queue, one at a time in this process; a throw puts the job back. */
  work(name: QueueName, work: (body: unknown, signal: AbortSignal) => Promise<void>): Promise<void>
  stop(): Promise<void>
}

/** pg-boss on the server's own pool: no connection of its own, no right to change its tables. */
export async function startQueue(store: Store, onError: (error: unknown) => void): Promise<Queue> {
  const boss = new PgBoss({
    db: { executeSql: async (text: string, values?: unknown[]) => await store.pool.query(text, values) },
    migrate: false,
    createSchema: false,
    schedule: false,
    superviseIntervalSeconds: 60,
    monitorVacuum: false,
    reindex: false,
  })
  boss.on('error', onError)
  await boss.start()
  return {
    async send(tx, name, body) {
      await boss.send(name, body, {
        db: { executeSql: async (text: string, values?: unknown[]) => await tx.client.query(text, values) },
      })
    },
    async work(name, work) {
      await boss.work(name, { batchSize: 10, pollingIntervalSeconds: 0.5 }, async (jobs) => {
        for (const job of jobs) await work(job.data, job.signal)
      })
    },
    async stop() {
      await boss.stop({ graceful: true, timeout: 5000, close: false })
    },
  }
}
