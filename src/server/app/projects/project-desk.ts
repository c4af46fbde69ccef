import type { Mailbox } from '../../../core/cases/letters/reply-address.ts'
import type { TokenOf } from '../../../core/cases/terms/decide-proof.ts'
import type { ProofKind } from '../../../core/cases/terms/proof.ts'
import type { Ground } from '../../ground.ts'
import { keyedMac } from '../../store/keys/mac.ts'
import type { CaseDesk } from '../cases/case-desk.ts'
import { NO_REGISTRIES, type Registries } from './registry-base.ts'

/**
 * Looks at the place where a token must stand: the text found there; of a package, the addresses of its owners, one a line. Null where
 * this instance does not look there itself.
 */
export type LookForProof = (kind: ProofKind, place: string) => Promise<string | null>

/** What commands of projects and letters stand on beside the records. */
export interface ProjectDesk extends CaseDesk {
  /** Tokens of proofs: HMAC under a key outside the database. */
  readonly tokenOf: TokenOf
  readonly look: LookForProof
  /** Those that `look` asks who owns a package. */
  readonly registries: Registries
  /** The clearinghouse's own name and address. */
  readonly name: string
  readonly site: string
  /** Null: this instance sends no mail. */
  readonly mailbox: Mailbox | null
}

/** Nothing is looked at by the program itself. */
export const LOOK_NOWHERE: LookForProof = async () => null

export function openProjectDesk(
  ground: Ground & Pick<CaseDesk, 'secondClock'>,
  given: Pick<ProjectDesk, 'look' | 'name' | 'site' | 'mailbox'> & { readonly registries?: Registries },
): ProjectDesk {
  const mac = keyedMac(ground.keys.secret('projects'), 'maintainer-proof')
  const tokenOf = (input: string) =>
    Buffer.from(mac(Buffer.from(input)))
      .toString('hex')
      .slice(0, 40)
  return { ...ground, registries: NO_REGISTRIES, ...given, tokenOf }
}
