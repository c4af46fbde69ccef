import type { Role } from '../core/access/principal.ts'

/** An invented person of the demo. */
export interface PersonSeed {
  readonly organisation: string
  readonly kind: string
  readonly name: string
  readonly email: string
  readonly roles: readonly Role[]
  /** What they see first, for the page that offers the sign-in. */
  readonly says: string
}
