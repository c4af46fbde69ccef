import type { LinkOut } from '../../../contract/shapes/project.ts'

interface LinkWords {
  readonly title: string
  /** The label of the words that go with it; null: none are asked for. */
  readonly asks: string | null
  readonly needed: boolean
  readonly button: string
  readonly done: string
  readonly after: string
}

export const LINK: Readonly<Record<LinkOut['act'], LinkWords>> = {
  accept: {
    title: 'Accept',
    asks: null,
    needed: false,
    button: 'Accept',
    done: 'Accepted',
    after: 'The clearinghouse knows, and says by letter what comes next.',
  },
  dispute: {
    title: 'Say that it is no flaw',
    asks: 'Why it is none',
    needed: false,
    button: 'Say that it is no flaw',
    done: 'You said that it is no flaw',
    after: 'The clearinghouse knows. You can still change your mind by an answer to the letter.',
  },
  ask: {
    title: 'Ask for something',
    asks: 'What you need',
    needed: true,
    button: 'Ask for it',
    done: 'Asked',
    after: 'The answer comes by letter.',
  },
  pause: {
    title: 'Pause',
    asks: null,
    needed: false,
    button: 'Pause',
    done: 'Paused',
    after: 'Nothing is sent until then, but for a message without details if a flaw of yours is being exploited.',
  },
  unsubscribe: {
    title: 'Get no more letters',
    asks: null,
    needed: false,
    button: 'Send me no more letters',
    done: 'No more letters',
    after: 'Flaws in your project are still coordinated, without you.',
  },
}
