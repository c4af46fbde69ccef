import type { PoolClient } from 'pg'
import type { Store } from '../server/store/connection.ts'

/** What happens to one statement: nothing, lost on the way there, or carried out with its answer lost on the way back. */
export type Fate = 'well' | 'lost' | 'unheard'

/** The connection was cut. No code: nothing that a command would try again by itself. */
export class Cut extends Error {
  override name = 'Cut'
}

/** The same records through connections on which `fate` decides about each statement; a rollback always arrives. */
export function brokenStore(store: Store, fate: (statement: string) => Fate): Store {
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
          if (decided === 'well') return query(first, ...rest)
          // A stream is made in one go and fails in one go.
          if (typeof first !== 'string' && decided === 'lost') throw new Cut('a statement was lost')
          if (decided === 'lost') return Promise.reject(new Cut('a statement was lost'))
          return Promise.resolve(query(first, ...rest)).then(() => Promise.reject(new Cut('an answer was lost')))
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
