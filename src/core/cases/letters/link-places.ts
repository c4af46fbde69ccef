import { LINK_ACTIONS, type LinkAction } from './letter-kind.ts'
import { linkPath } from './link-token.ts'

// Drafts are read by coordinators, links are the reader's alone. So a draft holds places for links, and the links themselves are
// made when the letter goes, from the letter's own key, and are kept nowhere.

/** The address that stands for a link in a draft. The letter's reference is in it, which no sender of text can know. */
export function linkPlace(site: string, action: LinkAction, reference: string): string {
  return `${site}${linkPath(`is-made-when-sent-${action}-${reference.toLowerCase()}`)}`
}

/** Puts links into the places of a letter's text; `token` makes each one. */
export function fillLinks(text: string, site: string, reference: string, token: (action: LinkAction) => string): string {
  let filled = text
  for (const action of LINK_ACTIONS) {
    const place = linkPlace(site, action, reference)
    if (filled.includes(place)) filled = filled.replaceAll(place, () => `${site}${linkPath(token(action))}`)
  }
  return filled
}

/** The actions for which a letter's text has a place. */
export function actionsIn(text: string, site: string, reference: string): LinkAction[] {
  return LINK_ACTIONS.filter((action) => text.includes(linkPlace(site, action, reference)))
}
