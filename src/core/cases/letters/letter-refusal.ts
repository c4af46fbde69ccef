import type { Refused } from '../../kernel/decision.ts'

/** Why a letter, a link or an address is refused: a closed list, each with a sentence for people. */
export const LETTER_REFUSALS = {
  'letter.fact-missing': 'This letter cannot be written yet: a fact that it needs is not there.',
  'letter.reference-malformed': 'The reference of a letter is two groups of four letters or digits.',
  'letter.link-malformed': 'A link of this letter does not lead to this clearinghouse.',
  'letter.too-long':
    'This letter does not fit into the length that its reader asks for, not even without reproducer and patch.',
  'link.unknown': 'This link is not one of ours, or it is no longer kept.',
  'link.used': 'This link was used already; what it asked for is done.',
  'link.expired': 'This link has expired; ask the coordinators for a new one.',
  'link.revoked': 'This link was taken back; a newer letter holds one that works.',
  'link.other-action': 'This link stands for another answer than the one that was sent.',
} as const

export type LetterRefusal = keyof typeof LETTER_REFUSALS

/** The refusal of that code with its sentence, and what is missing where there is something to name. */
export function refuseLetter(code: LetterRefusal, what?: string): Refused<LetterRefusal> {
  return { ok: false, code, say: what === undefined ? LETTER_REFUSALS[code] : `${LETTER_REFUSALS[code]} (${what})` }
}
