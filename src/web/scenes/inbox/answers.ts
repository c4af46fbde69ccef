import type { PartyOut } from '../../../contract/shapes/case.ts'
import type { InboxItem } from '../../../contract/shapes/project.ts'

/** What a maintainer can say of an item: a move of its report, a fix, or a question. */
export type Answer = 'valid' | 'invalid' | 'ask' | 'accepted' | 'deferred' | 'fix-ready'

interface Said {
  readonly word: string
  /** What is asked before it is sent; null: one click. */
  readonly asks: { readonly label: string; readonly hint: string; readonly needed: boolean; readonly send: string } | null
  readonly after: string
}

export const ANSWERS: Readonly<Record<Answer, Said>> = {
  valid: {
    word: 'It is a vulnerability',
    asks: null,
    after: 'You said that it is a vulnerability. All who read the case see it.',
  },
  invalid: {
    word: 'It is not',
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
    asks: {
      label: 'What you need',
      hint: 'A smaller reproducer, a version, more time. All who read the case see it.',
      needed: true,
      send: 'Ask for it',
    },
    after: 'Asked. It is the clearinghouse’s move now.',
  },
  accepted: { word: 'We fix it', asks: null, after: 'You said that you fix it.' },
  deferred: {
    word: 'Later',
    asks: {
      label: 'Until when, or until what',
      hint: 'The day on which it becomes public stays as it is.',
      needed: false,
      send: 'Put it off',
    },
    after: 'Put off. The day on which it becomes public stays as it is.',
  },
  'fix-ready': { word: 'The fix is ready', asks: null, after: 'You said that the fix is ready.' },
}

const ORDER: readonly Answer[] = ['valid', 'accepted', 'fix-ready', 'invalid', 'deferred', 'ask']

/** What can follow: what the server says may, and a fix once the report is accepted or deferred and the own party's is not ready. */
export function nextAnswers(item: Pick<InboxItem, 'report' | 'may'>, party: PartyOut | undefined): readonly Answer[] {
  const prioritised = item.report === 'accepted' || item.report === 'deferred'
  const unfixed = party?.works.some(({ step }) => step !== 'VFd' && step !== 'VFD') ?? false
  return ORDER.filter((answer) => (answer === 'fix-ready' ? prioritised && unfixed : item.may.includes(answer)))
}
