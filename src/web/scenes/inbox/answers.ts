import type { PartyOut } from '../../../contract/shapes/case.ts'

/** What a maintainer can say of an item: a move of its report, a fix, or a question. */
export type Answer = 'valid' | 'invalid' | 'ask' | 'accepted' | 'deferred' | 'fix-ready'

interface Said {
  readonly word: string
  /** The act of a case that it is. */
  readonly needs: string
  /** What is asked before it is sent; null: one click. */
  readonly asks: { readonly label: string; readonly hint: string; readonly needed: boolean; readonly send: string } | null
  readonly after: string
}

export const ANSWERS: Readonly<Record<Answer, Said>> = {
  valid: {
    word: 'It is a vulnerability',
    needs: 'report',
    asks: null,
    after: 'You said that it is a vulnerability. All who read the case see it.',
  },
  invalid: {
    word: 'It is not',
    needs: 'report',
    asks: {
      label: 'Why it is not',
      hint: 'A sentence is enough. All who read the case see it; you can still change your mind.',
      needed: false,
      send: 'Say that it is not',
    },
    after: 'You said that it is not. All who read the case see it, and you can still change your mind.',
  },
  ask: {
    word: 'I need something',
    needs: 'message',
    asks: {
      label: 'What you need',
      hint: 'A smaller reproducer, a version, more time. All who read the case see it.',
      needed: true,
      send: 'Ask for it',
    },
    after: 'Asked. It is the clearinghouse’s move now.',
  },
  accepted: { word: 'We fix it', needs: 'report', asks: null, after: 'You said that you fix it.' },
  deferred: {
    word: 'Later',
    needs: 'report',
    asks: {
      label: 'Until when, or until what',
      hint: 'The day on which it becomes public stays as it is.',
      needed: false,
      send: 'Put it off',
    },
    after: 'Put off. The day on which it becomes public stays as it is.',
  },
  'fix-ready': { word: 'The fix is ready', needs: 'step', asks: null, after: 'You said that the fix is ready.' },
}

/** What can follow where the report of that party stands; a question always can. */
export function nextAnswers(party: PartyOut | undefined): readonly Answer[] {
  if (!party) return ['ask']
  const fixed = party.works.every(({ step }) => step === 'VFd' || step === 'VFD')
  switch (party.report) {
    case 'received':
      return ['valid', 'invalid', 'ask']
    case 'invalid':
      return ['valid', 'ask']
    case 'valid':
      return ['accepted', 'deferred', 'ask']
    case 'accepted':
      return fixed ? ['ask'] : ['fix-ready', 'deferred', 'ask']
    case 'deferred':
      return fixed ? ['accepted', 'ask'] : ['accepted', 'fix-ready', 'ask']
    default:
      return ['ask']
  }
}
