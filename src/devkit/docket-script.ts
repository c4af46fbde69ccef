import type { DocketView, OpenDocket } from '../contract/shapes/docket.ts'
import type { DocketCast } from './docket-people.ts'

// What people of the demo's dockets wrote. All of it is invented.

export const MODEL = 'pole-star-2-rc4'

export const QUESTIONS: Readonly<Record<'first' | 'second', Pick<OpenDocket, 'kind' | 'model' | 'question'>>> = {
  first: {
    kind: 'access',
    model: 'Pole Star 2, release candidate 4',
    question:
      'Pole Star 2 writes exploits for small services in our own tests. We plan to give it to other trusted partners in a little over three weeks, and offer access before that. Is it covered, as far as can be told now?',
  },
  second: {
    kind: 'access',
    model: 'Glasswort, still in training',
    question:
      'Training goes on until spring. In our tests a checkpoint solves about half of what a beginner in a capture-the-flag contest solves. Would a model of that kind be covered? There is no plan for a release yet.',
  },
}

export const FIRST_TERMS = `1. Use. The office measures the model for capabilities in attack and defence. It uses it for nothing else.
2. People. Only people with a seat in this docket see anything of it.
3. Reasoning. Reasoning text belongs to the developer. Analysts do not read it.
4. Tasks. Sealed tasks and criteria belong to the office. The developer does not read them.
5. Insider risk. A read-in takes two officers and has an end.
6. Retention. Results are kept for 90 days after the end; then their key is destroyed.
7. Publication. Nothing is published.
8. Withdrawal. The developer may withdraw at any moment and gives no reason.`

export const SECOND_TERMS = `1. Use. The office measures the model for capabilities in attack and defence. It uses it for nothing else.
2. People. Only people with a seat in this docket see anything of it. The developer sees by name who is read in.
3. Reasoning. Reasoning text belongs to the developer. Analysts do not read it.
4. Tasks. Sealed tasks and criteria belong to the office. The developer does not read them.
5. Insider risk. A read-in takes two officers and has an end.
6. Retention. Results are kept for 30 days after the end; then their key is destroyed.
7. Publication. The public page of the report may be published once both sides have signed it.
8. Vulnerabilities. What a measurement turns up goes to intake where both sides consent to that one finding.
9. Withdrawal. The developer may withdraw at any moment and gives no reason.`

export const TERMS_FACTS: DocketView['terms'][number]['facts'] = {
  days: 30,
  opensBy: 'first-call',
  level: 'AL1',
  retentionDays: 30,
  downtimeExtends: false,
  mayPublish: true,
  findingsToIntake: true,
  readersNamed: true,
}

export const TALK: readonly (readonly [DocketCast, string])[] = [
  ['officer', 'We begin with the sample suite, one attempt at each task, so that both sides see the path from end to end.'],
  [
    'lead',
    'Good. The endpoint stands on the same build throughout; should it change, you will see it in the log as soon as we do.',
  ],
]
