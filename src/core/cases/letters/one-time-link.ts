import { accept, type Decision, type Refused } from '../../kernel/decision.ts'
import type { Instant } from '../../kernel/instant.ts'
import type { LinkAction } from './letter-kind.ts'
import { type LetterRefusal, refuseLetter } from './letter-refusal.ts'
import type { LinkFacts } from './link-token.ts'

export interface OneTimeLink extends LinkFacts {
  readonly state: 'open' | 'used' | 'revoked'
  /** When it was used or taken back; null while it is open. */
  readonly closedAt: Instant | null
}

export type LinkEvent =
  | { readonly type: 'link-used'; readonly at: Instant; readonly letter: string; readonly action: LinkAction }
  | { readonly type: 'link-revoked'; readonly at: Instant; readonly letter: string; readonly action: LinkAction }

export type LinkCommand =
  /** The page's confirming POST, with the action that the page named. */
  { readonly type: 'confirm-link'; readonly action: LinkAction } | { readonly type: 'revoke-link' }

/** A link as it goes into a letter. */
export function openLink(facts: LinkFacts): OneTimeLink {
  return { ...facts, state: 'open', closedAt: null }
}

/** Whether the page of a link still asks for its confirmation. Looking changes nothing: mail programs fetch links by themselves. */
export function viewLink(
  link: OneTimeLink,
  now: Instant,
): { readonly ok: true; readonly action: LinkAction } | Refused<LetterRefusal> {
  if (link.state === 'used') return refuseLetter('link.used')
  if (link.state === 'revoked') return refuseLetter('link.revoked')
  // The end itself is over: a deadline read from a letter is the first instant at which nothing works any more.
  return now >= link.expires ? refuseLetter('link.expired') : { ok: true, action: link.action }
}

/** Events or a refusal: a link acts once, before its expiry, for the action it was made for. */
export function decideLink(link: OneTimeLink, command: LinkCommand, now: Instant): Decision<LinkEvent, LetterRefusal> {
  const { letter, action } = link
  switch (command.type) {
    case 'confirm-link': {
      const view = viewLink(link, now)
      if (!view.ok) return view
      if (command.action !== action) return refuseLetter('link.other-action')
      return accept({ type: 'link-used', at: now, letter, action })
    }
    case 'revoke-link':
      return link.state === 'open' ? accept({ type: 'link-revoked', at: now, letter, action }) : accept()
  }
}

/** The link after an event. */
export function evolveLink(link: OneTimeLink, event: LinkEvent): OneTimeLink {
  switch (event.type) {
    case 'link-used':
      return { ...link, state: 'used', closedAt: event.at }
    case 'link-revoked':
      return { ...link, state: 'revoked', closedAt: event.at }
  }
}
