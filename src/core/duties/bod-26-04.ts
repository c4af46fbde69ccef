import { instant } from '../kernel/instant.ts'
import type { DueRule, Duty, Instrument } from './duty.ts'

const BOD_26_04: Instrument = {
  id: 'bod-26-04',
  name: 'CISA BOD 26-04, Prioritizing Security Updates Based on Risk',
  source: 'CISA BOD 26-04, 10 June 2026',
  from: instant(Date.UTC(2026, 5, 10)),
}

const FEDRAMP: Instrument = {
  id: 'fedramp-ntc-0014',
  name: 'FedRAMP NTC-0014',
  source: 'FedRAMP notice NTC-0014, 16 June 2026, in answer to BOD 26-04',
  from: instant(Date.UTC(2026, 5, 16)),
}

const AGENCIES = 'Federal Civilian Executive Branch agencies'
const days = (count: number): DueRule => ({ kind: 'days', days: count })

interface Row extends Pick<Duty, 'section' | 'what' | 'who' | 'due'> {
  readonly of?: Instrument
  readonly mark?: Duty['mark']
  readonly caveat?: string
  readonly unknown?: readonly string[]
}

const ROWS: readonly Row[] = [
  {
    section: 'I',
    what: 'Bring the policy for vulnerabilities up to date: remediation of what KEV lists, roles, validation and enforcement, tracking and reporting; watch KEV and keep its times.',
    who: AGENCIES,
    due: { kind: 'at-once' },
  },
  {
    section: 'II',
    what: 'Bring the processes of remediation up to date.',
    who: AGENCIES,
    due: days(60),
    mark: 'X',
    caveat: 'Sixty days come to 9 August 2026; one page says 7 August.',
  },
  {
    section: 'III',
    what: 'Remediate by the times of Table 1; keep an inventory of what can be reached from outside, tagged; report status by machine.',
    who: AGENCIES,
    due: days(180),
    unknown: ['Whether there are exceptions, and how one asks for them.'],
  },
  {
    section: 'CISA-tags',
    what: 'Publish what data are needed to tag assets by machine, with a standard schema.',
    who: 'CISA',
    due: days(60),
    unknown: ['The schema itself was not found.'],
  },
  {
    section: 'CISA-kev',
    what: 'Keep KEV up to date as fast as exploitation is found.',
    who: 'CISA',
    due: { kind: 'standing' },
  },
  {
    section: 'CISA-times',
    what: 'Look at the times of Table 1 again once in each fiscal year.',
    who: 'CISA',
    due: { kind: 'standing' },
  },
  {
    of: FEDRAMP,
    section: 'VDR-VER',
    what: 'Certified cloud services take up vulnerability detection and response, and its reporting.',
    who: 'Certified cloud service providers',
    due: { kind: 'on', day: instant(Date.UTC(2026, 11, 7)) },
    caveat: 'Certificates can be withdrawn after 7 March 2027.',
  },
]

/** The phases that BOD 26-04 sets agencies, what it sets CISA, and what follows from it for cloud services. */
export const BOD_DUTIES: readonly Duty[] = ROWS.map(({ of = BOD_26_04, section, what, who, due, mark, caveat, unknown }) => ({
  id: `${of.id}/${section}`,
  instrument: of,
  section,
  what,
  who,
  with: [],
  due,
  mark: mark ?? 'C',
  caveat: caveat ?? null,
  known: [],
  unknown: unknown ?? [],
}))
