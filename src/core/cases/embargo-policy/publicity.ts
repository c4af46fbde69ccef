// Whether a flaw is public. The bright line has three marks (Akrites SIRT documents): all three, and it is public.

export const PUBLICITY_MARKS = ['availability', 'specificity', 'irrevocability'] as const
export type PublicityMark = (typeof PUBLICITY_MARKS)[number]

/** What a person answers for each mark. */
export const PUBLICITY_QUESTIONS: Readonly<Record<PublicityMark, string>> = {
  availability: 'Can people outside the case get at it without anybody’s leave?',
  specificity: 'Does it say enough to find or use this flaw, and not only that there is one?',
  irrevocability: 'Is it beyond taking back, because copies, caches or readers have it?',
}

/** Null: nobody could say. */
export type PublicityAnswers = Readonly<Record<PublicityMark, boolean | null>>

export interface Publicity {
  readonly outcome: 'public' | 'not-public' | 'unsure'
  /** `ends`: the embargo ends at once. `stands`: it holds. `ask`: a coordinator decides, and until then it holds. */
  readonly embargo: 'ends' | 'stands' | 'ask'
  readonly say: string
}

/** Judges the three marks; one that fails is enough for "not public", one that nobody can answer makes it a person's decision. */
export function judgePublicity(answers: PublicityAnswers): Publicity {
  const missing = PUBLICITY_MARKS.filter((mark) => answers[mark] === false)
  if (missing.length > 0)
    return { outcome: 'not-public', embargo: 'stands', say: `Not public: no ${missing.join(' and no ')}. The embargo holds.` }
  const open = PUBLICITY_MARKS.filter((mark) => answers[mark] === null)
  if (open.length > 0)
    return {
      outcome: 'unsure',
      embargo: 'ask',
      say: `Not settled: ${open.join(', ')}. A coordinator decides; until then it holds.`,
    }
  return { outcome: 'public', embargo: 'ends', say: 'Public: available, specific and beyond recall. The embargo ends at once.' }
}
