import type { PoolClient } from 'pg'
import type { Store } from '../server/store/connection.ts'

/** What happens to one statement: nothing, lost on the way there, or carried out with its answer lost on the way back. */
export type Fate = 'well' | 'lost' | 'unheard'

/** The connection was cut. No code: nothing that a command would try again by itself. */
export class Cut extends Error {
  override name = 'Cut'
}

/**
 * The same records through connections on which `fate` decides about each statement, at once or after a while; a rollback
 * always arrives.
 */
export function brokenStore(store: Store, fate: (statement: string) => Fate | Promise<Fate>): Store {
  const wrap = (client: PoolClient): PoolClient =>
    new Proxy(client, {
      get(target, name) {
        if (name !== 'query') {
          const value = Reflect.get(target, name)
          return typeof value === 'function' ? value.bind(target) : value
        }
        return (first: string | { text?: string }, ...rest: unknown[]) => {
          const text = typeof first === 'string' ? first : (first.text ?? 'copy')
          const query = target.query.bind(target) as (...args: unknown[]) => unknown
          const decided = text === 'rollback' ? 'well' : fate(text)
          const send = () => query(first, ...rest)
          // A stream is made in one go and fails in one go.
          if (typeof first !== 'string' && 'submit' in first) {
            if (decided === 'lost') throw new Cut('a statement was lost')
            return send()
          }
          if (decided === 'well') return send()
          return Promise.resolve(decided).then((fated) => carryOut(fated, send))
        }
      },
    })
  const pool = new Proxy(store.pool, {
    get(target, name) {
      if (name === 'connect') return async () => wrap(await target.connect())
      const value = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  return { pool, db: store.db }
}

async function carryOut(fate: Fate, send: () => unknown): Promise<unknown> {
  if (fate === 'lost') throw new Cut('a statement was lost')
  const answer = await send()
  if (fate === 'unheard') throw new Cut('an answer was lost')
  return answer
}
