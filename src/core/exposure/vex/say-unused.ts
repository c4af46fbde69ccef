import type { NotApplied } from './apply-vex.ts'

/** Why a statement changed nothing, as a sentence for people. */
export const UNUSED: Readonly<Record<NotApplied, string>> = {
  'author-not-trusted': 'Its author is not among those that you believe.',
  'no-such-flaw': 'It is about another flaw.',
  'unreadable-product': 'What it says of its product cannot be read.',
  'other-product': 'It is about another product.',
  'subject-unknown': 'It is about a product that has this in it, and holds only within that.',
  'part-not-in-inventory': 'It is about a part that is not there.',
  'unknown-version': 'Nobody can tell whether it is about this version.',
  'other-version': 'It is about another version.',
  'other-qualifier': 'It is about another build or release.',
  'less-trusted': 'Somebody whom you believe more states something else.',
  'older-statement': 'A newer statement takes its place.',
}
