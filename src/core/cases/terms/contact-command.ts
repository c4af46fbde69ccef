import type { Id } from '../../kernel/id.ts'
import type { Instant } from '../../kernel/instant.ts'
import type { Contact } from './contact.ts'
import type { ProofKind } from './proof.ts'

/** Who asks. A contact asks by its subject, which the caller has made sure of (a link sent there, or a signed-in account). */
export type ContactAsker =
  | { readonly as: 'coordinator'; readonly person: string; readonly organisation: string }
  | { readonly as: 'contact'; readonly subject: string }
  | { readonly as: 'weir' }

export type ContactCommand =
  | {
      readonly do: 'ask-proof'
      readonly subject: string
      readonly kind: ProofKind
      /** Repository, domain or purl of the project; for vouching the organisation the maintainer belongs to. */
      readonly place: string
    }
  /** `found` stands at the place: fetched by the program, which proves it, or seen by a coordinator, of whom it takes two. */
  | { readonly do: 'show-token'; readonly subject: string; readonly kind: ProofKind; readonly found: string }
  /** A configured check of the registry found the contact among the owners. */
  | { readonly do: 'confirm-owner'; readonly subject: string }
  | { readonly do: 'vouch'; readonly subject: string }
  | { readonly do: 'propose-contact'; readonly contact: Contact }
  | { readonly do: 'stop-change' }
  | { readonly do: 'clock' }

interface Happened {
  readonly project: Id<'project'>
  readonly at: Instant
}

export type ContactEvent =
  | (Happened & {
      readonly type: 'proof-asked'
      readonly subject: string
      readonly kind: ProofKind
      readonly place: string
      readonly token: string | null
    })
  | (Happened & {
      readonly type: 'vouched'
      readonly subject: string
      readonly kind: ProofKind
      readonly by: string
      readonly organisation: string
    })
  | (Happened & { readonly type: 'maintainer-proved'; readonly subject: string; readonly kind: ProofKind })
  | (Happened & { readonly type: 'contact-set'; readonly contact: Contact })
  | (Happened & {
      readonly type: 'contact-change-proposed'
      readonly to: Contact
      readonly by: string
      readonly dueAt: Instant
      /** The old contact, who is told at once. */
      readonly tell: Contact
    })
  | (Happened & { readonly type: 'contact-change-stopped'; readonly by: string })
  | (Happened & { readonly type: 'contact-changed'; readonly contact: Contact })
  | (Happened & { readonly type: 'organisation-set'; readonly organisation: string })
  | (Happened & {
      readonly type: 'move-proposed'
      readonly to: string
      readonly by: string
      readonly dueAt: Instant
      /** The organisation that maintains it until then, which is told at once. */
      readonly tell: string
    })
  | (Happened & { readonly type: 'move-stopped'; readonly by: string })
  | (Happened & { readonly type: 'organisation-moved'; readonly organisation: string })
