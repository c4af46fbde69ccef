import { type Instant, instant } from '../kernel/instant.ts'
import type { Duty, Instrument, Known, Mark } from './duty.ts'

const day = (month: number, date: number): Instant => instant(Date.UTC(2026, month - 1, date))

const EO_14409: Instrument = {
  id: 'eo-14409',
  name: 'Executive Order 14409, Promoting Advanced Artificial Intelligence Innovation and Security',
  source: '91 FR 34565, FR Doc. 2026-11415; signed 2 June 2026, published 5 June 2026',
  from: day(6, 2),
}

interface Row {
  readonly section: string
  readonly what: string
  readonly who: string
  readonly with?: readonly string[]
  readonly days: number | null
  readonly caveat?: string
  readonly known?: readonly Known[]
  readonly unknown?: readonly string[]
}

const known = (month: number, date: number, mark: Mark, what: string): Known => ({ day: day(month, date), what, mark })
const LETTER_SINGLE = 'The letter of the paragraph is from a single source.'
const LETTER_UNKNOWN = 'The letter of the paragraph was not found.'
const NOT_REPORTED = 'Whether and how it was carried out was not found in public.'
const CONSULTED = ['Office of Management and Budget', 'other officials']
const NONE_PUBLIC = known(7, 31, 'S', 'A reporter found nothing of it in public on the day before it was due.')

const ROWS: readonly Row[] = [
  {
    section: '2(a)',
    what: 'Put the cyber defence of National Security Systems first, with suitable and quick action.',
    who: 'Committee on National Security Systems',
    days: 30,
    caveat: LETTER_SINGLE,
    unknown: [NOT_REPORTED],
  },
  {
    section: '2(b)',
    what: 'Do the same for the information systems of the Department of War.',
    who: 'Secretary of War',
    days: 30,
    caveat: LETTER_SINGLE,
    unknown: [NOT_REPORTED],
  },
  {
    section: '2(c)(i)',
    what: 'Issue binding operational directives and other guidance that speed up and order the defence of civilian federal systems.',
    who: 'Department of Homeland Security through CISA',
    with: CONSULTED,
    days: 30,
    known: [known(6, 10, 'C', 'CISA issued BOD 26-04, eight days after the order.')],
    unknown: ['Whether other guidance belongs to it.'],
  },
  {
    section: '2(c)(ii)',
    what: 'Set up or widen federal programs that offer defensive tools with AI.',
    who: 'Department of Homeland Security through CISA',
    with: CONSULTED,
    days: 30,
    unknown: [NOT_REPORTED],
  },
  {
    section: '2(c)(iii)',
    what: 'Help agencies, State and local authorities and operators of critical infrastructure, small ones named, to cyber tools and services, covered frontier models where fitting.',
    who: 'Department of Homeland Security through CISA',
    with: CONSULTED,
    days: 30,
    unknown: [NOT_REPORTED],
  },
  {
    section: '2(d)',
    what: 'Form an AI cybersecurity clearinghouse together with the AI industry and operators of critical infrastructure, of their free will.',
    who: 'Secretary of the Treasury',
    with: [
      'National Cyber Director',
      'Secretary of War through the Director of NSA',
      'Department of Homeland Security through the Director of CISA',
    ],
    days: 30,
    known: [
      known(
        7,
        14,
        'C',
        'The White House announced Gold Eagle, led by the Treasury, on a derivative of CERT/CC’s VINCE; 12 days after the date.',
      ),
    ],
    unknown: [
      'Members and who may become one.',
      'The wire format of intake, criteria of priority, service levels, counts.',
      'Rules of keeping and disclosing, and whom to appeal to.',
    ],
  },
  {
    section: '2(e)',
    what: 'Find the existing federal grants that can pay for finding vulnerabilities with advanced AI.',
    who: 'Director of the Office of Management and Budget',
    days: 30,
    caveat: LETTER_UNKNOWN,
    unknown: [NOT_REPORTED],
  },
  {
    section: '2(f)',
    what: 'Widen the ways in which cyber specialists are hired (US Tech Force).',
    who: 'Office of Personnel Management',
    days: 60,
    caveat: LETTER_UNKNOWN,
    known: [NONE_PUBLIC],
    unknown: [NOT_REPORTED],
  },
  {
    section: '3(a)',
    what: 'Have a classified benchmark of the cyber capabilities of AI models and a threshold for covered frontier models; the Director of NSA determines.',
    who: 'Treasury, War (NSA) and Homeland Security (CISA) jointly',
    with: [
      'National Cyber Director',
      'Assistant to the President for Science and Technology',
      'Commerce through the Director of NIST',
    ],
    days: 60,
    known: [NONE_PUBLIC],
    unknown: ['Whether and when the benchmark was finished; it is classified.'],
  },
  {
    section: '3(b)',
    what: 'Design a voluntary framework with AI developers for telling of models, giving access before release, and choosing trusted partners.',
    who: 'Treasury, War (NSA) and Homeland Security (CISA) jointly',
    with: ['AI developers'],
    days: 60,
    caveat: 'The wording of (i) and (iii) is from a single source.',
    known: [
      NONE_PUBLIC,
      known(8, 3, 'C', 'The framework was declared complete and was not published; developers were told of it on 4 August.'),
    ],
    unknown: ['The text: thresholds, tiers, windows, terms.'],
  },
  {
    section: '4',
    what: 'Put first the enforcement of 18 U.S.C. 1028, 1030 and 1343 where AI is used to break into or damage computers.',
    who: 'Attorney General',
    days: null,
    unknown: [NOT_REPORTED],
  },
]

/** The order's duties (sections 2 to 4). What it leaves to developers is an option of theirs and no duty, and stands nowhere here. */
export const EO_DUTIES: readonly Duty[] = ROWS.map((row) => ({
  id: `${EO_14409.id}/${row.section}`,
  instrument: EO_14409,
  section: row.section,
  what: row.what,
  who: row.who,
  with: row.with ?? [],
  due: row.days === null ? { kind: 'standing' } : { kind: 'days', days: row.days },
  mark: 'C',
  caveat: row.caveat ?? null,
  known: row.known ?? [],
  unknown: row.unknown ?? [],
}))
