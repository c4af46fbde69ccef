import type { Id } from '../kernel/id.ts'
import type { Instant } from '../kernel/instant.ts'
import type { ReleasePermit } from './advisory.ts'
import type { AdvisoryContent } from './content.ts'

export type AdvisoryAsker = { readonly kind: 'person'; readonly person: Id<'person'> } | { readonly kind: 'machine' }

/** What an advisory can be told. Who may is for the policy table; the program itself only publishes and lets time pass. */
export type AdvisoryCommand =
  | { readonly do: 'edit'; readonly content: AdvisoryContent }
  | { readonly do: 'ready' }
  | { readonly do: 'plan-release'; readonly release: Instant | null }
  | { readonly do: 'publish'; readonly permit: ReleasePermit }
  | { readonly do: 'correct'; readonly content: AdvisoryContent; readonly what: string }
  | { readonly do: 'withdraw'; readonly reason: string; readonly rejectsCves: boolean }
