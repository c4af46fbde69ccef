import type { Random } from '../core/kernel/id.ts'
import type { Head } from '../ledger/head.ts'
import { sameHead } from '../server/store/keys/head-file.ts'
import type { KeyStore, SigningKey } from '../server/store/keys/key-store.ts'
import { signingKeyOf } from '../server/store/keys/signing-file.ts'

/** A key store that ends with the process. */
export function memoryKeys(random: Random, origin = 'weir.invalid/test'): KeyStore {
  const slots: (Buffer | null)[] = [null]
  const secrets = new Map<string, Buffer>()
  const fresh = (length: number) => Buffer.from(random(length))
  let signing: SigningKey = signingKeyOf(origin, fresh(32))
  let head: Head | null = null
  return {
    async allocate(count) {
      return Array.from({ length: count }, () => ({ slot: slots.push(fresh(32)) - 1, key: slots.at(-1)! }))
    },
    get: (wanted) => wanted.map((slot) => slots[slot] ?? null),
    async erase(gone) {
      for (const slot of gone) if (slot in slots) slots[slot] = null
    },
    secret(name) {
      const secret = secrets.get(name) ?? fresh(32)
      secrets.set(name, secret)
      return secret
    },
    signingKey: () => signing,
    renewSigningKey(next) {
      signing = signingKeyOf(next, fresh(32))
      return signing
    },
    head: {
      read: () => head,
      async swap(expected, next) {
        if (!sameHead(head, expected)) return false
        head = next
        return true
      },
    },
    async close() {},
  }
}
