import type { CaseFlawOut, LetterOut, PartyOut, TimelineLine } from '../contract/shapes/case.ts'
import type { CaseReadOut } from '../contract/shapes/case-reads.ts'
import { HOSTILE, idOf, NOW } from './fake-world.ts'

// Who takes part in the invented case, what its flaws are, and what was written. All names are invented.

const HOUR = 3_600_000
export const at = (hours: number): string => new Date(NOW + hours * HOUR).toISOString()

/** How many vendors the invented case has. */
const VENDORS = 152
const NAMED = [
  'Tarn Health Systems',
  'Ostrava Medical Imaging and Radiotherapy Informatics GmbH',
  'Brindle PACS',
  'Fennmark Devices',
  'Lowmoor Telemetry',
  'Quayside Clinical Software',
  'Carrow Radiology Systems',
  'Aldous & Penn Instruments',
]
const FIRST = ['Alder', 'Birk', 'Cairn', 'Dunlin', 'Esk', 'Fulmar', 'Gorse', 'Heron', 'Islay', 'Juniper', 'Kestrel', 'Lapwing']
const LAST = ['Imaging', 'Radiology', 'Devices', 'Systems', 'Health', 'Clinical', 'Archive']

const FLAWS = [idOf('flw', 0), idOf('flw', 1)] as const
type Work = PartyOut['works'][number]
type Said = NonNullable<Work['status']>

const said = (status: Said['status'], text: string | null = null): Said => ({
  number: 1,
  status,
  justification: status === 'not-affected' ? 'vulnerable_code_not_in_execute_path' : null,
  text,
  at: at(-40),
  approved: true,
})

const work = (flaw: string, step: Work['step'], status: Said | null, deployed: number | null = null): Work => ({
  flaw,
  step,
  deployed,
  status,
  stated: null,
})

function party(n: number, given: Partial<PartyOut> & Pick<PartyOut, 'name' | 'kind'>): PartyOut {
  return {
    id: idOf('ptp', n),
    hides: given.name === null,
    tier: 2,
    report: 'start',
    consent: 'invited',
    reads: 'invitation',
    works: [],
    invitedAt: at(-412),
    respondBy: at(90),
    lastWordAt: null,
    leftAt: null,
    you: false,
    ...given,
  }
}

const IN = { consent: 'signatory', reads: 'content', respondBy: null } as const

/** Finder, clearinghouse, maintainer and 152 vendors, of whom 88 are silent; the fourth has yet to answer its invitation. */
export function parties(): PartyOut[] {
  const vendors = Array.from({ length: VENDORS }, (_, n): PartyOut => {
    const name = NAMED[n] ?? `${FIRST[n % 12]} ${LAST[Math.floor(n / 12) % 7]} ${n}`
    if (n === 3 || n >= 65)
      return party(10 + n, { name, kind: 'vendor', ...(n % 9 === 0 ? { consent: 'lapsed', respondBy: null } : {}) })
    if (n === 5)
      return party(10 + n, {
        name,
        kind: 'vendor',
        consent: 'declined',
        reads: 'nothing',
        respondBy: null,
        lastWordAt: at(-216),
      })
    const status = n < 21 ? 'affected' : n < 38 ? 'not-affected' : 'under-investigation'
    const step = n === 4 ? 'VFD' : n % 4 === 0 ? 'VFd' : 'Vfd'
    return party(10 + n, {
      ...IN,
      name: n === 23 ? null : n === 30 ? HOSTILE : name,
      kind: 'vendor',
      report: (['valid', 'accepted', 'deferred', 'accepted'] as const)[n % 4]!,
      works: [
        work(FLAWS[0], step, said(status, n === 0 ? HOSTILE : null), step === 'VFD' ? 0.93 : null),
        work(FLAWS[1], 'Vfd', n % 3 === 0 ? null : said('under-investigation')),
      ],
      lastWordAt: at(-22 - n * 7),
    })
  })
  return [
    party(1, { ...IN, name: 'Halyard Labs', kind: 'finder', tier: 0, lastWordAt: at(-64) }),
    party(2, {
      ...IN,
      name: 'North Coast Clearinghouse',
      kind: 'coordinator',
      tier: 0,
      report: 'accepted',
      lastWordAt: at(-3),
    }),
    party(3, {
      ...IN,
      name: 'Pelorus Imaging',
      kind: 'maintainer',
      tier: 0,
      report: 'accepted',
      works: [work(FLAWS[0], 'VFd', said('affected', 'Fixed in 4.2.3.')), work(FLAWS[1], 'Vfd', said('under-investigation'))],
      lastWordAt: at(-1),
    }),
    ...vendors,
  ]
}

export const caseFlaw = (n: 0 | 1): CaseFlawOut => ({
  id: FLAWS[n],
  title: n === 0 ? 'Pre-auth write in DICOM association reject' : HOSTILE,
  summary:
    n === 0
      ? 'A rejected association with a long called title writes past a 64-byte buffer before any check of the caller.\n\nBuild with ASan, start the gateway, send reject.bin.'
      : HOSTILE.repeat(2),
  target: 'pkg:generic/pelorus-dicom-gateway',
  versions: 'before 4.2.3',
  weaknesses: ['CWE-787'],
  priority: { outcome: n === 0 ? 'immediate' : 'scheduled', table: 'ssvc:DT_SP:1.0.0', assumed: [] },
  severities: [
    severity('finder', 9.8, 'Critical', 'Halyard Labs', 'C:H/I:H/A:H'),
    severity('clearinghouse', 9.1, 'Critical', 'North Coast Clearinghouse', 'C:H/I:H/A:N'),
    ...(n === 0 ? [severity('vendor', 8.6, 'High', 'Pelorus Imaging', 'C:L/I:H/A:L')] : []),
  ],
  proof: '5 of 5 runs crash; 5 of 5 with the benign input do not.',
  reproducers: [{ id: idOf('evd', n), name: n === 0 ? 'reject.bin' : HOSTILE, bytes: 412 }],
  patches: n === 0 ? [{ id: idOf('evd', 8), name: 'length-check.patch', says: 'stops the reproducer, tests pass' }] : [],
  finders: 1,
  cve: n === 0 ? 'CVE-2026-990142' : null,
  public: null,
  exploit: null,
  attacks: null,
})

const severity = (
  voice: CaseFlawOut['severities'][number]['voice'],
  score: number,
  word: string,
  by: string,
  impact: string,
) => ({ kind: 'cvss-3.1', value: `CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/${impact}`, score, word, by, voice })

const line = (version: number, hours: number, who: string, says: string, kind: TimelineLine['kind']): TimelineLine => ({
  version,
  at: at(hours),
  who,
  says: `${who} ${says}.`,
  kind,
})

export const timelineRows = (): TimelineLine[] => [
  line(12, -1, 'Pelorus Imaging', 'has a fix ready', 'party'),
  line(11, -3, 'Weir', 'drafted letters to 152 vendors', 'letter'),
  line(10, -22, 'Tarn Health Systems', 'joined; accepted the embargo before reading', 'party'),
  line(9, -53, 'Pelorus Imaging', `set severity 8.6 ${HOSTILE}`, 'flaw'),
  line(8, -64, 'Halyard Labs', 'proposed 90 d; the shorter 30 d stands', 'embargo'),
  line(7, -412, 'Ines Marrow', 'invited 152 vendors, tier 2', 'party'),
  line(6, -453, 'Pelorus Imaging', 'accepted 30 d; the embargo begins', 'embargo'),
  line(5, -458, 'Pelorus Imaging', 'says that it is a flaw', 'party'),
  line(2, -476, 'Weir', '5 of 5 runs crash; the benign input does not', 'flaw'),
  line(1, -477, 'Ines Marrow', 'opened the case', 'clock'),
]

export const readRows = (): CaseReadOut[] => [
  {
    number: 3,
    at: at(-1),
    who: 'Ola Brandt',
    party: 'Pelorus Imaging',
    what: 'paper',
    thing: idOf('doc', 1),
    title: `fix.patch ${HOSTILE}`,
  },
  { number: 2, at: at(-2), who: 'Ola Brandt', party: 'Pelorus Imaging', what: 'page', thing: null, title: null },
  {
    number: 1,
    at: at(-477),
    who: 'Ines Marrow',
    party: 'North Coast Clearinghouse',
    what: 'reproducer',
    thing: idOf('evd', 1),
    title: null,
  },
]

const TEXT = `Pelorus Imaging,

a flaw in pelorus-dicom-gateway lets anyone who can reach the port write past a
buffer before any login. It is secret until Mon 30 Nov 2026, 17:00 UTC.

What we ask: say by Mon 23 Nov 2026, 09:00 UTC whether a fix can be out by then.

Accept: https://coast.example/l/fake-accept
Pause: https://coast.example/l/fake-pause
`

export const letterRows = (): LetterOut[] => [
  letter(1, {
    template: 'embargo-changed',
    to: 'Pelorus Imaging',
    address: 'security@pelorus.example',
    sealed: 'pgp',
    mayGoAt: at(-1),
  }),
  letter(2, {
    template: 'first-report',
    to: 'Ostrava Medical Imaging and Radiotherapy Informatics GmbH',
    address: 'psirt@ostrava.example',
    missing: [
      { code: 'terms.regression-test', says: 'A regression test that fails before the fix.' },
      { code: 'terms.plain-text', says: `Plain text of 4,000 characters at most ${HOSTILE}` },
    ],
    waits: 'It waits for what is missing.',
  }),
  letter(3, {
    template: 'reminder',
    to: '88 silent vendors',
    address: null,
    mayGoAt: at(90.7),
    waits: 'The third step of the ladder is due Mon 23 Nov 2026, 09:00 UTC.',
  }),
  letter(4, {
    template: 'finder-status',
    to: 'Halyard Labs',
    state: 'sent',
    sentAt: at(-50),
    says: 'Taken by their mail server.',
  }),
]

function letter(n: number, given: Partial<LetterOut> & Pick<LetterOut, 'template' | 'to'>): LetterOut {
  return {
    id: idOf('ltr', n),
    version: 1,
    state: 'draft',
    address: null,
    subject: 'About a report we hold for you [wq-8142]',
    text: n === 2 ? `${TEXT}\n${HOSTILE}` : TEXT,
    sealed: 'none',
    missing: [],
    mayGoAt: null,
    waits: null,
    says: '',
    madeAt: at(-3),
    sentAt: null,
    ...given,
  }
}

/** What a coordinator may do to an open case under an embargo. */
export const COORDINATOR_MAY = [
  'propose',
  'answer',
  'invite',
  'note',
  'confirm',
  'judge-severity',
  'legal-duty',
  'end-embargo',
  'add-flaw',
  'merge',
  'split',
  'close',
  'remove',
  'set-cve',
]
