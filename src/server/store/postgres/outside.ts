import { randomBytes } from 'node:crypto'
import pg from 'pg'
import type { KeyStore } from '../keys/key-store.ts'
import { createRole, ensureRole, RolesWrong, refuseMighty, withClient } from './roles.ts'
import { scramVerifier } from './scram.ts'

export interface OutsidePostgres {
  readonly owner: pg.ClientConfig
  readonly app: pg.ClientConfig
  readonly appRole: string
}

const OLDEST = 15

/**
 * A PostgreSQL of the user's own, by `DATABASE_URL`: its role owns the tables, the server works as `weir_app_<database>`, whose
 * password comes from the key store. Where the url's role may not make roles, throws RolesWrong with the SQL to run.
 */
export async function connectOutside(url: string, keys: Pick<KeyStore, 'secret'>): Promise<OutsidePostgres> {
  const owner: pg.ClientConfig = { connectionString: url, connectionTimeoutMillis: 15_000 }
  const password = keys.secret('pg-app').toString('hex')
  const appRole = await withClient(owner, async (client) => {
    const role = await checkServer(client)
    await makeRole(client, role, password)
    await refuseMighty(client, role)
    return role
  })
  const app = { ...owner, connectionString: withUser(url, appRole, password) }
  await withClient(app, (client) => client.query('select 1')).catch((error: { code?: string }) => {
    if (error.code !== '28P01') throw error
    const mend = `alter role ${pg.escapeIdentifier(appRole)} password ${pg.escapeLiteral(scramVerifier(password, randomBytes(16)))}`
    throw new RolesWrong(
      `the role ${appRole} has a password that is not in this key store. If no other Weir uses it, run: ${mend}`,
    )
  })
  return { owner, app, appRole }
}

async function checkServer(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ version: number; encoding: string; name: string }>(
    `select current_setting('server_version_num')::int / 10000 as version, current_setting('server_encoding') as encoding, current_database() as name`,
  )
  const { version, encoding, name } = rows[0]!
  if (version < OLDEST) throw new RolesWrong(`Weir needs PostgreSQL ${OLDEST} or newer; this server is ${version}`)
  if (encoding !== 'UTF8')
    throw new RolesWrong(
      `the database ${name} is in ${encoding}. Run: create database weir encoding 'UTF8' template template0, and name that one`,
    )
  // A role belongs to the whole server, so its name carries the database's; PostgreSQL cuts names at 63 bytes.
  return `weir_app_${name}`.slice(0, 63)
}

async function makeRole(client: pg.Client, role: string, password: string): Promise<void> {
  try {
    await ensureRole(client, role, password)
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error
    const sql = createRole(role, scramVerifier(password, randomBytes(16)))
    throw new RolesWrong(`the role of DATABASE_URL may not make roles. As one that may, run once: ${sql};`)
  }
}

/** By text, because an address of a socket (`postgres://user@/db?host=/run`) is none that `URL` reads. */
function withUser(url: string, user: string, password: string): string {
  const bare = url.replace(
    /^(postgres(?:ql)?:\/\/)(?:[^@/?#]*@)?/,
    (_, scheme: string) => `${scheme}${encodeURIComponent(user)}:${password}@`,
  )
  return bare.replace(/([?&])(?:user|password)=[^&#]*/g, '$1')
}

/** What people may see of a `DATABASE_URL`: where, never the password. */
export function describeUrl(url: string): string {
  try {
    const { hostname, port, pathname } = new URL(url)
    return `${hostname || 'socket'}${port ? `:${port}` : ''}${pathname}`
  } catch {
    return 'a PostgreSQL by DATABASE_URL'
  }
}
