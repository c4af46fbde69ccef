/** For letters to this contact; the newest of a kind stands first. */
export type ContactKey =
  | { readonly kind: 'pgp'; readonly fingerprint: string }
  | { readonly kind: 'age'; readonly recipient: string }

/** Where a project wants reports, by which route. */
export type Contact =
  | { readonly route: 'private-advisory'; readonly at: string; readonly keys: readonly ContactKey[] }
  | { readonly route: 'form'; readonly at: string; readonly keys: readonly ContactKey[] }
  | { readonly route: 'mail'; readonly at: string; readonly keys: readonly ContactKey[] }
  | { readonly route: 'coordinator'; readonly at: string; readonly keys: readonly ContactKey[] }

export type Route = Contact['route']

/**
 * What is proved to be the maintainer's: route and address in one text. Keys are not part of it, but changing them changes the
 * contact too. A mail address counts without regard to case, as no receiver is known to tell addresses apart by it.
 */
export function subjectOf(contact: Pick<Contact, 'route' | 'at'>): string {
  return `${contact.route}:${contact.route === 'mail' ? contact.at.toLowerCase() : contact.at}`
}

/** Whether two contacts are the same in route, address and keys. */
export function sameContact(one: Contact, other: Contact): boolean {
  const keys = ({ keys }: Contact) => keys.map((key) => (key.kind === 'pgp' ? key.fingerprint : key.recipient)).join(' ')
  return subjectOf(one) === subjectOf(other) && keys(one) === keys(other)
}
