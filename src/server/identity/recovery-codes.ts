import type { Random } from '../../core/kernel/id.ts'
import type { Ground } from '../ground.ts'
import { at, inTransaction } from '../store/connection.ts'
import { secretDigest } from './secret.ts'

const COUNT = 10
const GROUPS = 5
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** Ten fresh codes for a person, shown once; the codes they had before end. */
export async function makeRecoveryCodes(ground: Ground, person: string): Promise<string[]> {
  const codes = Array.from({ length: COUNT }, () => newCode(ground.random))
  await inTransaction(ground.store, 'none', async ({ db }) => {
    await db.deleteFrom('recovery_code').where('person_id', '=', person).execute()
    await db
      .insertInto('recovery_code')
      .values(codes.map((code) => ({ person_id: person, digest: codeDigest(ground, code), used_at: null })))
      .execute()
  })
  return codes
}

/** The active person whose unused code this is, the code being used up by the asking; null otherwise. */
export async function takeRecoveryCode(ground: Ground, text: string): Promise<string | null> {
  const row = await ground.store.db
    .updateTable('recovery_code')
    .from('person')
    .whereRef('person.id', '=', 'recovery_code.person_id')
    .set({ used_at: at(ground.clock()) as never })
    .where('digest', '=', codeDigest(ground, text))
    .where('used_at', 'is', null)
    .where('person.state', '=', 'active')
    .returning('recovery_code.person_id')
    .executeTakeFirst()
  return row?.person_id ?? null
}

/** 125 random bits as five groups of five, for people to write down. */
function newCode(random: Random): string {
  const letters = [...random(GROUPS * 5)].map((byte) => ALPHABET[byte & 31]!).join('')
  return letters.match(/.{5}/g)!.join('-')
}

/** Read leniently: case, spaces and hyphens do not matter, and letters that look like digits count as those. */
function codeDigest(ground: Ground, text: string): Buffer {
  const plain = text
    .toLowerCase()
    .replace(/[\s-]+/g, '')
    .replaceAll('o', '0')
    .replace(/[il]/g, '1')
  return secretDigest(ground.keys, `recovery ${plain}`)
}
