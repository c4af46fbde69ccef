import type pg from 'pg'
import type { Store } from '../store/connection.ts'

/** What a NOTIFY says; null: the connection was lost, and nobody knows what was said meanwhile. */
type Wake = (said: string | null) => void

/** The one connection on which this process hears NOTIFY, whoever waits for it; made anew by whoever listens next once it was lost. */
export class Ear {
  readonly #store: Store
  readonly #wakes = new Map<string, Set<Wake>>()
  /** Channels of the connection that there is. */
  readonly #heard = new Set<string>()
  #client: pg.PoolClient | null = null
  #line: Promise<unknown> = Promise.resolve()
  #closed = false

  constructor(store: Store) {
    this.#store = store
  }

  /** Whether anything can be heard now. */
  get isOpen(): boolean {
    return this.#client !== null
  }

  /** Calls `wake` at each NOTIFY on the channel from now on, and when the connection is lost. Throws where none can be made. */
  async hear(channel: string, wake: Wake): Promise<void> {
    const heard = this.#line.then(() => this.#hear(channel, wake))
    this.#line = heard.catch(() => {})
    await heard
  }

  forget(channel: string, wake: Wake): void {
    this.#wakes.get(channel)?.delete(wake)
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#line
    const held = this.#client
    this.#client = null
    if (held === null) return
    await held.query('unlisten *').catch(() => {})
    held.release(true)
  }

  async #hear(channel: string, wake: Wake): Promise<void> {
    if (this.#closed) return
    const known = this.#wakes.get(channel)
    if (known === undefined) this.#wakes.set(channel, new Set([wake]))
    else known.add(wake)
    const client = this.#client ?? (await this.#connect())
    if (this.#heard.has(channel)) return
    await client.query(`listen "${channel}"`)
    if (this.#client === client) this.#heard.add(channel)
  }

  async #connect(): Promise<pg.PoolClient> {
    const client = await this.#store.pool.connect()
    const lost = (error?: Error) => {
      if (this.#client !== client) return
      this.#client = null
      this.#heard.clear()
      client.release(error ?? true)
      for (const wakes of this.#wakes.values()) for (const wake of wakes) wake(null)
    }
    client.on('error', lost)
    client.on('end', () => lost())
    client.on('notification', ({ channel, payload = '' }) => {
      for (const wake of this.#wakes.get(channel) ?? []) wake(payload)
    })
    this.#client = client
    return client
  }
}
