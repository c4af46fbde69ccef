import type { ActionOut, FlawOut, InventoryOut, WhyDate } from '../contract/shapes/exposure.ts'
import { NO_TAGS } from '../core/exposure/component.ts'
import { at } from './fake-case-cast.ts'
import { HOSTILE, idOf } from './fake-world.ts'

// What an operator sees, invented: one late triage, what is due soon, a mitigation, one put off, and what can wait.

const flaw = (id: string, summary: string, more: Partial<FlawOut> = {}): FlawOut => ({
  id,
  aliases: [],
  summary,
  exploited: false,
  score: 7.5,
  why: [
    'Your inventory names brackwater-mq 5.0.4.',
    'The record GHSA-3f9q-x2vp-m7wc of OSV says: versions from 5.0.0 before 5.0.7.',
    '5.0.4 stands after 5.0.0 and before 5.0.7 in the order of npm versions.',
  ],
  weak: false,
  statements: [],
  ...more,
})

const MQ = flaw('CVE-2026-40411', 'Messages of another tenant can be read and run', {
  aliases: ['GHSA-3f9q-x2vp-m7wc'],
  exploited: true,
  score: 9.8,
})

const why = (more: Partial<WhyDate> = {}): WhyDate => ({
  directive: 'bod-26-04/1.0.0',
  row: 3,
  outcome: '3 days and forensic triage',
  analogy: 'An analogy, no finding of compliance. The directive does not bind this organisation.',
  inputs: [
    { input: 'publicly-exposed', value: 'Y', by: 'operator', source: 'your tag of lab-broker-01', at: at(-174), assumed: null },
    { input: 'in-kev', value: 'Y', by: 'CISA', source: 'KEV 2026.11.17', at: at(-53), assumed: null },
    { input: 'automatable', value: 'N', by: 'CISA', source: `Vulnrichment ${HOSTILE}`, at: at(-50), assumed: null },
    {
      input: 'technical-impact',
      value: 'T',
      by: 'weir',
      source: 'assumed',
      at: null,
      assumed: 'Nobody judged it; the directive’s default is total.',
    },
  ],
  readings: [
    {
      reading: 'from-first',
      due: at(-78),
      counts: false,
      says: '3 calendar days after 12 Nov, when it was first found on an asset.',
    },
    { reading: 'from-change', due: at(18.67), counts: true, says: '3 calendar days after 17 Nov, when the tier last changed.' },
    { reading: 'assigned', due: at(440), counts: false, says: 'The date that KEV itself assigns.' },
  ],
  history: [{ at: at(-53), due: at(164), outcome: '14 days', because: 'The listing in KEV changed.' }],
  ...more,
})

const assets = (names: readonly string[], done = 0): Pick<ActionOut, 'assets' | 'done' | 'of'> => ({
  assets: names.map((asset, n) => ({ inventory: idOf('ivt', n + 1), asset, done: n < done, held: false })),
  done,
  of: names.length,
})

const PLAIN = {
  what: 'This weakness is serious for you. You have two weeks.',
  first:
    'Make a backup, then install the version shown here, beginning with the machines that can be reached from the internet.',
  ask: 'Ask whoever sold or installs this system for you; give them the name and the version shown here.',
}

/** The list in the order of the server: due first. */
export function fakeActions(): ActionOut[] {
  const mq: ActionOut = {
    id: 'act_upgrade_mq',
    do: 'upgrade',
    component: 'pkg:npm/%40brackwater/mq',
    from: ['5.0.4'],
    to: '5.0.7',
    ...assets(['lab-broker-01', 'lab-broker-02']),
    due: at(18.67),
    tier: '3DF',
    rule: 'BOD 26-04, row 3',
    standing: 'open',
    until: null,
    reason: null,
    flaws: [MQ, flaw('CVE-2026-40412', `A long topic name fills the memory ${HOSTILE}`)],
    why: why(),
    triage: [],
    plain: { ...PLAIN, what: 'Attackers use this weakness now and can take the system over. You have three days.' },
  }
  const triage: ActionOut = {
    ...mq,
    id: 'act_triage_mq',
    do: 'triage',
    to: null,
    due: at(-29),
    flaws: [MQ],
    triage: [
      { step: 'scope', due: at(-51), singleSource: true, look: [], doneAt: at(-51.5) },
      { step: 'collect', due: at(-29), singleSource: true, look: [], doneAt: null },
      {
        step: 'analyse',
        due: at(19),
        singleSource: true,
        look: ['Forensics Triage Requirements: https://www.cisa.example/triage/brackwater', HOSTILE],
        doneAt: null,
      },
    ],
    plain: {
      ...PLAIN,
      first:
        'Do not update or restart yet. Write down which machines run it, and have their memory and logs saved; then update.',
      ask: 'If you have nobody who can do this, call your national or sector incident team before you change anything.',
    },
  }
  const sluice: ActionOut = {
    ...mq,
    id: 'act_upgrade_sluice',
    component: 'pkg:maven/org.opensluice/agent',
    from: ['2.9.1'],
    to: '2.9.4',
    ...assets(
      Array.from({ length: 9 }, (_, n) => `vpn-edge-0${n + 1}`),
      3,
    ),
    due: at(64),
    tier: '3D',
    rule: 'BOD 26-04, row 5',
    flaws: [flaw('CVE-2026-41077', 'Certificate name check skipped on resumed sessions')],
    why: why({ row: 5, outcome: '3 days', analogy: null, history: [] }),
  }
  return [
    triage,
    mq,
    sluice,
    {
      ...sluice,
      id: 'act_upgrade_gannet',
      component: 'pkg:generic/gannet-http',
      from: ['1.19.3'],
      to: '1.19.5',
      ...assets(Array.from({ length: 31 }, (_, n) => `registry.fjordlight.example/plant/turbine-telemetry-collector:${n + 1}`)),
      due: at(260),
      tier: '14D',
      rule: 'BOD 26-04, row 7',
      flaws: [flaw('GHSA-7h2r-44vq-p0xd', 'A request is answered twice', { weak: true, score: null })],
      plain: PLAIN,
    },
    {
      ...sluice,
      id: 'act_mitigate_kestrel',
      do: 'mitigate',
      component: 'Kestrel Infusion Manager',
      from: ['3.1'],
      to: null,
      ...assets(['ward-pumps-a', 'ward-pumps-b', 'ward-pumps-c'], 2),
      due: at(280),
      tier: '14D',
      rule: 'BOD 26-04, row 10',
      plain: {
        ...PLAIN,
        first: 'There is no fixed version yet. Take the system off the internet, and write down what you did.',
      },
    },
    {
      ...sluice,
      id: 'act_upgrade_tidepool',
      component: 'pkg:pypi/tidepool-archive',
      from: ['2.2.0', '2.2.1', '2.3.0', '2.3.1'],
      to: '2.4.0',
      ...assets(['backup-01']),
      due: null,
      tier: 'FSU',
      rule: 'BOD 26-04, row 16',
    },
    {
      ...sluice,
      id: 'act_upgrade_marram',
      component: 'pkg:cargo/marram-stream',
      from: ['0.9.0'],
      to: '0.9.2',
      ...assets(['meter-gateway']),
      due: at(100),
      standing: 'deferred',
      until: at(340),
      reason: `The line stands still in week 49 ${HOSTILE}`,
    },
  ]
}

const inventory = (n: number, asset: string, more: Partial<InventoryOut> = {}): InventoryOut => ({
  id: idOf('ivt', n),
  asset,
  distribution: null,
  tags: { ...NO_TAGS, environment: 'production', exposure: 'public' },
  format: 'cyclonedx-json 1.5',
  subject: `${asset} image`,
  receivedAt: at(-20 * n),
  components: 1_404,
  unmatched: 0,
  ...more,
})

export const fakeInventories = (): InventoryOut[] => [
  inventory(1, 'lab-broker-01', { unmatched: 3 }),
  inventory(2, `lab-broker-02 ${HOSTILE}`, {
    format: 'spdx-json 2.3',
    subject: null,
    tags: { ...NO_TAGS, organisation: 'Fjordlight', unit: 'Laboratory', type: 'broker' },
  }),
  inventory(3, 'vpn-edge-01', {
    format: 'dpkg-status',
    tags: { ...NO_TAGS, exposure: 'internal', edge: 'yes', listed: 'unknown' },
  }),
]
