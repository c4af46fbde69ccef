import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { sealTo } from './process.ts'
import type { Kit } from './simulated-docket.ts'

/** An identity and a key sealed to it. */
export async function makeKit(): Promise<Kit> {
  const secret = await generateX25519Identity()
  const sealed = await sealTo(await identityToRecipient(secret), 'sk-simulated')
  return { identity: { name: 'identity-000001.age-key', bytes: Buffer.from(secret) }, sealed }
}
