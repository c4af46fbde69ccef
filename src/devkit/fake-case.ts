import type {
  ActLetter,
  CalendarOut,
  CaseAct,
  CaseList,
  CasePaperList,
  CaseRow,
  CaseView,
  EmbargoOut,
  FunnelOut,
  LetterList,
  LetterOut,
  PartyOut,
  Timeline,
} from '../contract/shapes/case.ts'
import type { CaseReads } from '../contract/shapes/case-reads.ts'
import type { ActRelay, RelayList, RelayOut } from '../contract/shapes/relay.ts'
import { at, COORDINATOR_MAY, caseFlaw, letterRows, parties, readRows, timelineRows } from './fake-case-cast.ts'
import { HOSTILE, idOf, NOW } from './fake-world.ts'

/** As whom the invented case is read: its coordinator, or the vendor that is invited to it. */
export type CaseSeat = 'coordinator' | 'vendor'

const CASE = idOf('case', 1)
/** The participant of the invited vendor. */
const GUEST = idOf('ptp', 13)
const CHAIR = idOf('ptp', 2)

const VENDOR_MAY = [
  'propose',
  'answer',
  'note',
  'report',
  'step',
  'state',
  'approve-status',
  'judge-severity',
  'agree-to-publish',
  'hide',
  'leave',
  'legal-duty',
]

/** One invented case with 152 vendors, with its letters, calendar and funnel; acts change it as a server would. */
export class FakeCases {
  private readonly parties: PartyOut[] = parties()
  private readonly open: EmbargoOut['open'] = []
  private letters: LetterOut[] = letterRows()
  private passed: RelayOut[] = []
  private messages: CasePaperList['rows'] = [
    {
      id: idOf('pap', 1),
      kind: 'message',
      title: 'Message',
      text: `The end of the month suits us.\n${HOSTILE}`,
      by: 'Pelorus Imaging',
      at: at(-20),
      bytes: 120,
      digest: 'ab'.repeat(32),
      readers: 'all',
    },
    {
      id: idOf('pap', 2),
      kind: 'file',
      title: `notes ${HOSTILE}`,
      text: null,
      by: null,
      at: at(-30),
      bytes: 48_120,
      digest: 'cd'.repeat(32),
      readers: 'some',
    },
  ]
  private version = 12
  private closed = false
  private title = 'Pre-auth write in DICOM association reject'

  list(seat: CaseSeat): CaseList {
    const { row } = this.view(seat)
    const other = (n: number, given: Partial<CaseRow>): CaseRow => ({ ...row, id: idOf('case', n), ...given })
    const rows =
      seat === 'vendor'
        ? [row]
        : [
            row,
            other(2, {
              title: HOSTILE,
              target: 'pkg:npm/@brackwater/experimental-streaming-multipart-form-data-parser-node-compat@4.12.0-rc.3',
              priority: null,
              endsAt: at(44),
              parties: 3,
              unsaid: 0,
              whoseMove: 'coordinator',
              next: 'Answer the proposal for the end of the embargo.',
            }),
            other(3, {
              title: 'Certificate name check skipped on resumed sessions',
              target: 'pkg:cargo/marram-stream@0.31.7',
              priority: { outcome: 'out-of-cycle', table: 'ssvc:DT_SP:1.0.0', assumed: [] },
              embargo: 'none',
              endsAt: null,
              flaws: 1,
              parties: 2,
              unsaid: 0,
              whoseMove: 'maintainer',
              next: 'The maintainer looks at the report.',
            }),
            other(4, {
              title: null,
              target: null,
              state: 'closed',
              embargo: 'exited',
              endsAt: null,
              unsaid: 0,
              parties: 6,
              whoseMove: 'nobody',
              next: 'The case is closed.',
            }),
          ]
    return { rows, next: null, now: at(0) }
  }

  view(seat: CaseSeat): CaseView {
    const guest = this.parties.find(({ id }) => id === GUEST)!
    const invited = seat === 'vendor' && guest.consent !== 'signatory'
    const you = seat === 'coordinator' ? [CHAIR] : [GUEST]
    const flaws = invited ? [] : [caseFlaw(0), caseFlaw(1)]
    const shown = invited ? [] : this.parties
    return {
      row: {
        id: CASE,
        title: invited ? null : this.title,
        target: invited ? null : 'pkg:generic/pelorus-dicom-gateway',
        state: this.closed ? 'closed' : 'open',
        priority: invited ? null : caseFlaw(0).priority,
        embargo: this.open.length > 0 ? 'revise' : 'active',
        endsAt: END,
        reads: invited ? 'invitation' : 'content',
        flaws: flaws.length,
        parties: this.parties.length,
        unsaid: 88,
        next: invited ? 'Read the terms and answer the invitation.' : 'Send the letter that waits for a person.',
        whoseMove: seat === 'coordinator' || invited ? 'yours' : 'coordinator',
        changedAt: at(-1),
      },
      version: this.version,
      now: at(0),
      you,
      coordinator: { name: 'North Coast Clearinghouse', you: seat === 'coordinator' },
      invitation: invited
        ? { party: GUEST, name: guest.name, kind: 'vendor', version: 1, respondBy: guest.respondBy, late: false }
        : null,
      embargo: { ...EMBARGO, state: this.open.length > 0 ? 'revise' : 'active', open: this.open },
      flaws,
      parties: shown.map((one) => ({ ...one, you: you.includes(one.id) })),
      hidden: invited ? 0 : 1,
      claims:
        seat === 'coordinator'
          ? [{ flaw: caseFlaw(1).id, what: 'exploit', at: at(-6), by: 'Tarn Health Systems', evidence: `seen at ${HOSTILE}` }]
          : [],
      publish: { may: false, says: 'The embargo binds until Mon 30 Nov 2026, 17:00 UTC.' },
      orders: this.closed ? [{ flaw: caseFlaw(0).id, met: 9, of: 12 }] : [],
      advisory: null,
      receipt: this.closed ? `/v1/cases/${CASE}/receipt` : null,
      may: seat === 'coordinator' ? COORDINATOR_MAY : invited ? ['accept', 'decline'] : VENDOR_MAY,
    }
  }

  act(act: CaseAct, seat: CaseSeat): CaseView | { gone: true } {
    this.version++
    const guest = this.parties.findIndex(({ id }) => id === GUEST)
    const set = (given: Partial<PartyOut>) => {
      this.parties[guest] = { ...this.parties[guest]!, ...given }
    }
    if (act.do === 'propose')
      this.open.push({
        number: this.open.length + 2,
        by: 'North Coast Clearinghouse',
        at: at(0),
        endsAt: act.endsAt,
        policy: act.policy,
        why: [act.why],
        respondBy: at(168),
        accepted: 1,
        declined: 0,
        yours: 'accept',
      })
    if (act.do === 'accept')
      set({
        consent: 'signatory',
        reads: 'content',
        respondBy: null,
        report: 'received',
        lastWordAt: at(0),
        works: [caseFlaw(0), caseFlaw(1)].map(({ id }) => ({
          flaw: id,
          step: 'Vfd',
          deployed: null,
          status: null,
          stated: null,
        })),
      })
    if (act.do === 'decline') return { gone: true }
    if (act.do === 'close') this.closed = true
    if (act.do === 'hide') set({ hides: act.hidden })
    if (act.do === 'report') set({ report: act.to })
    const works = this.parties[guest]!.works
    const onFlaw = (flaw: string, change: (of: PartyOut['works'][number]) => Partial<PartyOut['works'][number]>) =>
      set({ works: works.map((one) => (one.flaw === flaw ? { ...one, ...change(one) } : one)) })
    if (act.do === 'state') {
      const { status, justification, text } = act
      onFlaw(act.flaw, () => ({ stated: { number: 1, status, justification, text, at: at(0), approved: false } }))
    }
    if (act.do === 'approve-status')
      onFlaw(act.flaw, ({ stated }) => ({ status: stated && { ...stated, approved: true }, stated: null }))
    if (act.do === 'step')
      onFlaw(act.flaw, () => (act.step === 'fix-ready' ? { step: 'VFd' } : { step: 'VFD', deployed: act.share }))
    return this.view(seat)
  }

  timeline = (): Timeline => ({ rows: timelineRows(), next: null })
  reads = (): CaseReads => ({ rows: readRows(), next: null })
  papers = (): CasePaperList => ({ rows: this.messages })
  say(text: string): void {
    this.messages = [
      ...this.messages,
      { ...this.messages[0]!, id: idOf('pap', 9), text, by: 'North Coast Clearinghouse', at: at(0) },
    ]
  }
  relays = (): RelayList => ({
    rows: this.passed,
    cves: [
      { flaw: caseFlaw(0).id, cve: 'CVE-2026-990142', state: 'reserved', at: at(-300) },
      { flaw: caseFlaw(1).id, cve: null, state: 'none', at: null },
    ],
    open: ['cve', 'github'],
    production: false,
  })
  draftRelay(route: RelayOut['route']): RelayList {
    this.passed = [fakeRelayed(this.passed.length + 1, route), ...this.passed]
    return this.relays()
  }
  /** The first answer is lost on the way, so that a person has to say what became of it. */
  actRelay(id: string, act: ActRelay): RelayList {
    const next: Partial<RelayOut> =
      act.do === 'send'
        ? { state: 'unsure', says: 'Nobody knows whether it arrived: ask the other side, then say what became of it.' }
        : act.do === 'drop'
          ? { state: 'dropped', says: 'It was dropped.' }
          : act.handle === null
            ? { state: 'not-sent', says: 'It did not arrive.' }
            : { state: 'sent', handle: act.handle, says: `It arrived, and is handled as ${act.handle}.` }
    this.passed = this.passed.map((one) => (one.id === id ? { ...one, ...next } : one))
    return this.relays()
  }
  lettersOf = (): LetterList => ({ rows: this.letters })

  actLetter(id: string, act: ActLetter): LetterOut | null {
    this.letters = this.letters.map((one) => {
      if (one.id !== id) return one
      const next = { ...one, version: one.version + 1 }
      if (act.do === 'write') return { ...next, text: act.text }
      if (act.do === 'send') return { ...next, state: 'sent', sentAt: at(0), says: 'Taken by their mail server.' }
      return act.do === 'drop' ? { ...next, state: 'dropped' } : next
    })
    return this.letters.find((one) => one.id === id) ?? null
  }
}

const fakeRelayed = (n: number, route: RelayOut['route']): RelayOut => ({
  id: idOf('doc', n),
  flaw: caseFlaw(0).id,
  route,
  to: route === 'github' ? 'api.github.com, pelorus-imaging/dicom-gateway' : `${route}.example`,
  state: 'draft',
  says: 'Nothing was sent.',
  digest: 'a3'.repeat(32),
  sends: JSON.stringify({
    summary: 'Pre-auth write in DICOM association reject',
    description: `A reject longer than its header writes past a buffer.\n\n${HOSTILE}\n\nEmbargo until 30 Nov 2026, 17:00 UTC.`,
    cwe_ids: ['CWE-787'],
    start_private_fork: false,
  }),
  files: [],
  leftOut: [
    { what: 'reproducer', says: 'The other side has no field for it.' },
    { what: HOSTILE, says: 'The field takes text only, and this is not text.' },
  ],
  removed: 2,
  lacks: ['patched versions'],
  handle: null,
  retryAt: null,
  madeAt: at(0),
})

const END = new Date(Date.UTC(2026, 10, 30, 17)).toISOString()

const EMBARGO: EmbargoOut = {
  state: 'active',
  terms: {
    version: 1,
    startsAt: at(-453),
    endsAt: END,
    by: 'Pelorus Imaging',
    policy: 'Pelorus policy, 30 d',
    why: ['30 days from acceptance, as the maintainer asked.', 'The earliest end that all accepted.'],
  },
  open: [],
  ended: null,
  dates: [
    {
      says: 'Pelorus policy, 30 d, from acceptance 31 Oct 2026, 17:00 UTC',
      at: END,
      source: 'SECURITY.md of pelorus-dicom-gateway, read 31 Oct 2026',
      binds: true,
    },
    {
      says: 'Clearinghouse default, 45 d',
      at: new Date(Date.UTC(2026, 11, 15, 17)).toISOString(),
      source: 'Policy of this clearinghouse, version 7',
      binds: false,
    },
    {
      says: `Halyard Labs, 90 d ${HOSTILE}`,
      at: new Date(Date.UTC(2027, 0, 29, 17)).toISOString(),
      source: 'Their policy, read 6 Nov 2026',
      binds: false,
    },
    { says: 'linux-distros, 14 d at most: not asked here', at: null, source: null, binds: false },
  ],
  duties: [
    {
      party: 'Pelorus Imaging',
      duty: 'early warning to the CSIRT',
      source: 'Regulation (EU) 2024/2847, Article 14',
      dueAt: at(18),
    },
  ],
}

export const fakeCalendar = (): CalendarOut => ({
  now: new Date(NOW).toISOString(),
  rows: [
    due(1, 'Pre-auth write in DICOM association reject', -5, 'ladder', 'Second reminder to 12 vendors was due'),
    due(2, HOSTILE, 44, 'embargo-ends', 'Embargo ends'),
    due(1, 'Pre-auth write in DICOM association reject', 4, 'proposal-answer', 'Answers to a proposal of 15 Dec'),
    due(1, 'Pre-auth write in DICOM association reject', 18, 'legal-duty', 'Pelorus Imaging: early warning'),
    due(1, 'Pre-auth write in DICOM association reject', 90.7, 'answer-awaited', '76 vendors answer the invitation'),
    due(1, 'Pre-auth write in DICOM association reject', 266.7, 'embargo-ends', 'Embargo ends, release drafted'),
    due(5, 'Path escape in backup restore with a trailing dot', 266.7, 'release', 'Advisory goes out'),
    due(6, null, 900, 'embargo-ends', 'Embargo ends'),
    due(7, 'Log line injection through the user agent', 1_900, 'embargo-ends', 'Embargo ends'),
  ],
})

const due = (
  n: number,
  title: string | null,
  hours: number,
  what: CalendarOut['rows'][number]['what'],
  says: string,
): CalendarOut['rows'][number] => ({ case: idOf('case', n), title, at: at(hours), what, says })

export const fakeFunnel = (): FunnelOut => ({
  asOf: at(-0.3),
  missed: [
    { whose: 'others', what: 'agreed date of a fix', of: 4_020, missed: 611, longestHours: 912 },
    { whose: 'ours', what: 'first answer in 48 h', of: 11_204, missed: 212, longestHours: 220 },
    { whose: 'ours', what: 'step after silence on its day', of: 3_870, missed: 97, longestHours: 144 },
    { whose: 'ours', what: 'embargo ended early by us', of: 2_155, missed: null, longestHours: null },
  ],
  steps: [
    step('found', 41_377, null),
    step('confirmed', 18_902, 29),
    step('in-a-case', 11_204, 60),
    step('sent', 9_640, 216, { why: 'held at maintainers’ own limits', flaws: 1_564 }),
    step('accepted', 7_981, 144),
    step('fixed', 5_114, 744),
    step('public', 4_377, 288, { why: 'under an embargo', flaws: 737 }),
    step('deployed', null, null, { why: 'public and not yet run', flaws: 4_375 }),
  ],
})

const step = (
  name: FunnelOut['steps'][number]['step'],
  flaws: number | null,
  medianHours: number | null,
  ...held: FunnelOut['steps'][number]['held']
): FunnelOut['steps'][number] => ({ step: name, flaws, medianHours, held })
