import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { scramVerifier } from './scram.ts'

/** How to reach one database as one role; what `pg.Pool` takes. */
export interface Connect {
  readonly host?: string
  readonly port?: number
  readonly user: string
  readonly password: string
  readonly database: string
  readonly ssl?: pg.ClientConfig['ssl']
  readonly connectionTimeoutMillis?: number
}

/** The roles are not as they must be; the message carries the SQL that would mend it. */
export class RolesWrong extends Error {
  override name = 'RolesWrong'
}

/** Runs `work` on one connection and closes it. */
export async function withClient<T>(connect: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(connect)
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Makes a role that may sign in and nothing else, unless it is there. True when it was made now. */
export async function ensureRole(client: pg.Client, role: string, password: string): Promise<boolean> {
  const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [role])
  if (rowCount !== 0) return false
  await client.query(createRole(role, scramVerifier(password, randomBytes(16))))
  return true
}

/** `secret` is a password or, better, its verifier. */
export function createRole(role: string, secret: string): string {
  return `create role ${pg.escapeIdentifier(role)} login nosuperuser nocreatedb nocreaterole noinherit noreplication nobypassrls password ${pg.escapeLiteral(secret)}`
}

/** Throws RolesWrong unless `role` is an ordinary one: it owns nothing, belongs to no role and passes no row-level security. */
export async function refuseMighty(client: pg.Client, role: string): Promise<void> {
  const { rows } = await client.query<{ mighty: boolean; owns: boolean; member: boolean }>(
    `select r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication as mighty,
            exists (select 1 from pg_class c where c.relowner = r.oid)
              or exists (select 1 from pg_namespace n where n.nspowner = r.oid)
              or exists (select 1 from pg_database d where d.datdba = r.oid) as owns,
            exists (select 1 from pg_auth_members m where m.member = r.oid) as member
     from pg_roles r where r.rolname = $1`,
    [role],
  )
  const found = rows[0]
  const name = pg.escapeIdentifier(role)
  if (found === undefined) throw new RolesWrong(`the role ${role} is missing`)
  if (found.mighty)
    throw new RolesWrong(
      `the role ${role} has more rights than Weir's server may have. Run: alter role ${name} nosuperuser nocreatedb nocreaterole noreplication nobypassrls`,
    )
  if (found.owns)
    throw new RolesWrong(
      `the role ${role} owns tables or schemas, so row-level security would not bind it. Run: reassign owned by ${name} to current_user`,
    )
  if (found.member)
    throw new RolesWrong(
      `the role ${role} is a member of other roles and has their rights. Revoke each: select format('revoke %I from ${name}', roleid::regrole) from pg_auth_members where member = '${name}'::regrole`,
    )
}
