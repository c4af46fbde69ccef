import type { LetterKind } from './letter-kind.ts'
import type { LetterTemplate } from './letter-template.ts'

const ANSWERS = ['accept', 'dispute', 'ask', 'pause', 'unsubscribe'] as const

const DUE = { say: 'Please answer by {answerBy}.', when: 'answerBy' } as const
const SECRET = { say: 'Until {embargoEnd} please share this with nobody outside the case.', when: 'embargoEnd' } as const
const WHY = { say: 'Why this date: {embargoWhy}', when: 'embargoWhy' } as const
const ROOM = { place: 'room', heading: 'The case is kept at' } as const
const DISCLOSED = { say: 'Part of a language model: {disclosure}', when: 'disclosure' } as const
const NEXT = { say: 'Without an answer, the next step is: {nextStep}, on {nextStepAt}.', when: 'nextStepAt' } as const

/** Every letter, by kind. Those that come before a person agreed to a case's terms name no software and no weakness. */
export const LETTERS: Readonly<Record<LetterKind, LetterTemplate>> = {
  'first-report': {
    kind: 'first-report',
    version: '1.0.0',
    needs: ['software', 'impact', 'answerBy'],
    parts: [
      { say: '{impact}' },
      { say: 'This is a report of a security flaw in {software}, sent to you in confidence by {clearinghouse}.' },
      { say: 'Affected: {affected}', when: 'affected' },
      { tell: 'description', heading: 'What was found' },
      { code: 'reproducer', heading: 'reproducer' },
      { code: 'patch', heading: 'patch' },
      DISCLOSED,
      DUE,
      SECRET,
      WHY,
      NEXT,
      ROOM,
    ],
    links: ANSWERS,
  },
  emergency: {
    kind: 'emergency',
    version: '1.0.0',
    needs: ['answerBy'],
    parts: [
      { say: 'Something that you maintain needs you today. It is urgent enough to pass your quiet hours and your limits.' },
      { say: 'For the safety of everybody this message holds no details. They wait for you behind the first link.' },
      DUE,
      NEXT,
    ],
    links: ['accept', 'ask', 'pause', 'unsubscribe'],
  },
  reminder: {
    kind: 'reminder',
    version: '1.0.0',
    needs: ['firstSent', 'answerBy'],
    parts: [
      { say: 'We wrote to you on {firstSent} and have not heard from you. One word is enough: each link below is an answer.' },
      { say: 'If you need more time, say so; if we write too often, pause us.' },
      DUE,
      NEXT,
    ],
    links: ANSWERS,
  },
  'other-contact': {
    kind: 'other-contact',
    version: '1.0.0',
    needs: ['firstSent'],
    parts: [
      { say: 'We are looking for the right person for a confidential matter. We wrote on {firstSent} and had no answer.' },
      { say: 'You are named as a contact. If it is you, accept and we say more; if not, please tell us who it is.' },
      DUE,
      NEXT,
    ],
    links: ['accept', 'ask', 'unsubscribe'],
  },
  'needs-info': {
    kind: 'needs-info',
    version: '1.0.0',
    needs: ['question', 'answerBy'],
    parts: [{ say: 'One question keeps this from going on.' }, { tell: 'question', heading: 'The question' }, DUE, NEXT, ROOM],
    links: ['ask', 'pause', 'unsubscribe'],
  },
  invitation: {
    kind: 'invitation',
    version: '1.0.0',
    needs: [],
    parts: [
      { say: 'You are invited to take part in a confidential case. What it is about you read after you agreed to its terms.' },
      {
        say: 'The terms: what you read in the case stays with its participants until {embargoEnd}, or until it is public.',
        when: 'embargoEnd',
      },
      WHY,
      { say: 'You may leave at any time; what you promised holds until that date.', when: 'embargoEnd' },
      DUE,
    ],
    links: ['accept', 'ask', 'pause', 'unsubscribe'],
  },
  'embargo-proposed': {
    kind: 'embargo-proposed',
    version: '1.0.0',
    needs: ['embargoEnd'],
    parts: [
      { say: 'A new end is proposed for the secrecy of a case in which you take part: {embargoEnd}.' },
      {
        say: 'Until everybody asked has answered, the old terms hold, with their end on {embargoBefore}.',
        when: 'embargoBefore',
      },
      WHY,
      DUE,
      ROOM,
    ],
    links: ['accept', 'dispute', 'ask'],
  },
  'embargo-changed': {
    kind: 'embargo-changed',
    version: '1.0.0',
    needs: ['embargoEnd'],
    parts: [
      { say: 'The secrecy of a case in which you take part now ends on {embargoEnd}.' },
      { say: 'Before, it ended on {embargoBefore}.', when: 'embargoBefore' },
      WHY,
      ROOM,
    ],
    links: ['ask'],
  },
  'embargo-ended': {
    kind: 'embargo-ended',
    version: '1.0.0',
    needs: ['embargoEnd'],
    parts: [
      { say: 'The secrecy of a case in which you take part ended on {embargoEnd}.' },
      { say: 'Why: {embargoWhy}', when: 'embargoWhy' },
      { say: 'The end of secrecy publishes nothing by itself; the advisory does. Nobody new reads the case because of it.' },
      ROOM,
    ],
    links: ['ask'],
  },
  'patch-offer': {
    kind: 'patch-offer',
    version: '1.0.0',
    needs: ['software', 'patch'],
    parts: [
      { say: 'A patch for {software} is offered to you, to take, change or leave.' },
      { code: 'patch', heading: 'patch' },
      { code: 'reproducer', heading: 'reproducer' },
      DISCLOSED,
      DUE,
      SECRET,
      ROOM,
    ],
    links: ANSWERS,
  },
  'finder-status': {
    kind: 'finder-status',
    version: '1.0.0',
    needs: [],
    parts: [
      { say: 'What you sent is waiting for its maintainer, at position {position}.', when: 'position' },
      { say: 'We expect it to be sent on {expected}.', when: 'expected' },
      { say: 'The next step is: {nextStep}', when: 'nextStep' },
      { say: 'Waiting lowers no priority. Whatever you promised, your own date stays yours: tell us if it is near.' },
      ROOM,
    ],
    links: ['ask', 'unsubscribe'],
  },
  'contact-change': {
    kind: 'contact-change',
    version: '1.0.0',
    needs: ['software', 'nextStepAt'],
    parts: [
      { say: 'Somebody asked that reports for {software} go to another contact than you, from {nextStepAt} on.' },
      { say: 'If that is right, there is nothing to do. If it is not, answer this letter: a person stops it.' },
    ],
    links: [],
  },
  'advisory-draft': {
    kind: 'advisory-draft',
    version: '1.0.0',
    needs: ['advisory', 'answerBy'],
    parts: [
      { say: 'This is what we mean to publish. Please say what is wrong or missing.' },
      DUE,
      SECRET,
      { tell: 'advisory', heading: 'The draft' },
      ROOM,
    ],
    links: ['accept', 'dispute', 'ask'],
  },
  publication: {
    kind: 'publication',
    version: '1.0.0',
    needs: ['publicAt'],
    parts: [
      { say: 'A case in which you took part is public now.' },
      { place: 'publicAt', heading: 'The advisory is at' },
      { say: 'Thank you for your part in it.' },
      ROOM,
    ],
    links: ['ask', 'unsubscribe'],
  },
}
