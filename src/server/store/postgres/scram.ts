import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'

const ITERATIONS = 4096

/**
 * What PostgreSQL stores for a password (RFC 5802, RFC 7677), made here so that no server, nor its log, sees the password itself.
 * The password must be plain ASCII, `salt` 16 random bytes.
 */
export function scramVerifier(password: string, salt: Uint8Array): string {
  const salted = pbkdf2Sync(password, salt, ITERATIONS, 32, 'sha256')
  const part = (name: string) => createHmac('sha256', salted).update(name).digest()
  const stored = createHash('sha256').update(part('Client Key')).digest('base64')
  return `SCRAM-SHA-256$${ITERATIONS}:${Buffer.from(salt).toString('base64')}$${stored}:${part('Server Key').toString('base64')}`
}
