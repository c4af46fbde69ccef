import type { ActionList, ActionOut } from '../contract/shapes/exposure.ts'
import { NO_TAGS } from '../core/exposure/component.ts'
import { DAY, formatInstant, HOUR, type Instant, instant } from '../core/kernel/instant.ts'
import { actAction } from '../server/app/exposure/action-act.ts'
import { listActions } from '../server/app/exposure/action-list.ts'
import { putDevice } from '../server/app/exposure/edge-act.ts'
import { addInventory } from '../server/app/exposure/inventory-add.ts'
import { listInventories } from '../server/app/exposure/inventory-views.ts'
import { type KnownFile, takeKnown } from '../server/app/exposure/known-import.ts'
import type { Desks } from '../server/http/desks.ts'
import type { People } from './case-cast.ts'
import { must } from './docket-cast.ts'

const OPERATOR = 'amara.quill@fjordlight.example'

interface Story {
  readonly id: string
  readonly name: string
  readonly fixed: string | null
  readonly says: string
  readonly vector: string
  readonly ssvc: readonly [exploitation: string, automatable: string, impact: string]
  /** Hours since KEV lists it; null: it does not. */
  readonly listed: number | null
}

const WHOLE = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'
const PART = 'CVSS:3.1/AV:N/AC:H/PR:L/UI:N/S:U/C:L/I:L/A:N'

/** Made-up flaws of made-up software; no such ids were given out. */
const STORIES: readonly Story[] = [
  {
    id: 'CVE-2099-40411',
    name: 'brackwater-mq',
    fixed: '5.0.7',
    says: 'Messages of another tenant can be read and run',
    vector: WHOLE,
    ssvc: ['active', 'no', 'total'],
    listed: 50,
  },
  {
    id: 'CVE-2099-40702',
    name: 'sluice-agent',
    fixed: '2.9.4',
    says: 'A request without a password is taken for the administrator’s',
    vector: WHOLE,
    ssvc: ['none', 'yes', 'total'],
    listed: null,
  },
  {
    id: 'CVE-2099-41188',
    name: 'gannet-http',
    fixed: '1.19.5',
    says: 'A long header ends the process',
    vector: PART,
    ssvc: ['poc', 'no', 'partial'],
    listed: null,
  },
  {
    id: 'CVE-2099-38250',
    name: 'kestrel-pumps',
    fixed: null,
    says: 'The maintenance port takes commands from the network it stands in',
    vector: WHOLE,
    ssvc: ['none', 'yes', 'total'],
    listed: null,
  },
  {
    id: 'CVE-2099-39007',
    name: 'ember-report',
    fixed: '3.2.0',
    says: 'A report can be made to read files beside it',
    vector: PART,
    ssvc: ['none', 'yes', 'partial'],
    listed: null,
  },
  ...['tarn-yaml', 'holm-date', 'skua-zip', 'fell-color', 'voe-log'].map(
    (name, n): Story => ({
      id: `CVE-2099-3000${n}`,
      name,
      fixed: '2.0.0',
      says: 'Very long input takes very long',
      vector: PART,
      ssvc: ['none', 'no', 'partial'],
      listed: null,
    }),
  ),
]

/** By asset: where it stands, and what it runs beside what nothing is known of. */
const ASSETS = [
  ['lab-broker-01', 'public', ['brackwater-mq@5.0.4', 'gannet-http@1.19.3', 'holm-date@1.0.0']],
  ['vpn-edge-01', 'public', ['sluice-agent@2.9.1', 'gannet-http@1.19.3', 'ember-report@3.1.0', 'skua-zip@1.1.0']],
  [
    'control-room',
    'internal',
    ['kestrel-pumps@7.3.0', 'brackwater-mq@5.0.4', 'fell-color@1.9.0', 'tarn-yaml@1.4.2', 'voe-log@1.2.1'],
  ],
] as const
const QUIET = ['wren-core@4.1.0', 'dipper-tls@2.2.8', 'plover-db@11.0.3', 'siskin-ui@8.0.0']

/**
 * An operator's inventories and what is owed about them: traces to look for that are late, an upgrade due soon, one that waits, a
 * mitigation, one put off, what can wait for the next upgrade, and devices at the edge of the network. Made once, whoever asks again.
 */
export async function seedExposure({ known, exposure }: Pick<Desks, 'known' | 'exposure'>, people: People): Promise<void> {
  const who = people(OPERATOR)
  const page = { limit: 1, after: null }
  if (must(await listInventories(exposure, who, page), 'inventories').rows.length > 0) return
  const now = known.clock()
  const files: readonly (readonly [KnownFile['kind'], string, string])[] = [
    ['osv', 'demo-records.ndjson', STORIES.map((story) => JSON.stringify(osvOf(story, now))).join('\n')],
    ['kev', 'demo-kev.json', JSON.stringify(kevOf(now))],
    ['ssvc', 'demo-ssvc.ndjson', STORIES.map((story) => JSON.stringify(ssvcOf(story, now))).join('\n')],
  ]
  for (const [kind, feed, text] of files)
    must(await takeKnown(known, { source: oneOf(text), feed, kind, whole: null }, null), 'records')
  await known.follower.follow()
  for (const [asset, reached, has] of ASSETS) {
    const tags = {
      ...NO_TAGS,
      unit: 'Grid operations',
      environment: 'production',
      exposure: reached,
      type: 'server',
      edge: asset.startsWith('vpn-') ? 'yes' : 'no',
    } as const
    const given = { asset, tags, name: `${asset}.cdx.json`, source: oneOf(bomOf(asset, [...has, ...QUIET])) }
    must(await addInventory(exposure, who, given), 'an inventory')
  }
  await exposure.follow()
  const device = { name: 'substation-fw-02', maker: 'Heron', model: 'Gate 7', unit: 'Grid operations' }
  must(await putDevice(exposure, who, { ...device, support: 'ended', listed: 'yes' }), 'an edge device')
  const list = async () => must(await listActions(exposure, who, { ...page, limit: 500, standing: null }), 'actions')
  const until = formatInstant(instant(now + 9 * DAY))
  const report = of(await list(), 'ember-report', 'upgrade')
  const wait = { do: 'defer', reason: 'The yearly report is made with it until next week.', until } as const
  must(await actAction(exposure, who, report.id, wait, null), 'a deferral')
  const triage = of(await list(), 'brackwater-mq', 'triage')
  must(await actAction(exposure, who, triage.id, { do: 'triage-step', step: 'scope', found: null }, null), 'a step')
}

function of({ rows }: ActionList, component: string, what: ActionOut['do']): ActionOut {
  const found = rows.find((row) => row.component === component && row.do === what)
  if (found === undefined) throw new Error(`the demo owes no ${what} of ${component}`)
  return found
}

function osvOf({ id, name, fixed, says, vector }: Story, now: Instant): object {
  const events = [{ introduced: '0' }, ...(fixed === null ? [] : [{ fixed }])]
  const at = formatInstant(instant(now - 4 * DAY))
  return {
    schema_version: '1.6.0',
    id: `DEMO-${id.slice(4)}`,
    aliases: [id],
    modified: at,
    published: at,
    summary: says,
    severity: [{ type: 'CVSS_V3', score: vector }],
    affected: [{ package: { ecosystem: 'npm', name }, ranges: [{ type: 'SEMVER', events }] }],
  }
}

function kevOf(now: Instant): object {
  const listed = STORIES.flatMap(({ id, name, says, listed: hours }) => (hours === null ? [] : [{ id, name, says, hours }]))
  return {
    title: 'A made-up catalogue for a demo',
    catalogVersion: 'demo',
    dateReleased: formatInstant(now),
    count: listed.length,
    vulnerabilities: listed.map(({ id, name, says, hours }) => ({
      cveID: id,
      vendorProject: 'Made up',
      product: name,
      vulnerabilityName: says,
      dateAdded: formatInstant(instant(now - hours * HOUR)),
      shortDescription: says,
      requiredAction: 'Look for traces, then install the fixed version.',
      dueDate: formatInstant(instant(now + 18 * DAY)).slice(0, 10),
      knownRansomwareCampaignUse: 'Unknown',
      forensicTriage: 'Yes',
      notes: 'Forensics Triage Requirements: https://example.org/brackwater-mq-traces',
      cwes: [],
    })),
  }
}

function ssvcOf({ id, ssvc: [exploitation, automatable, impact] }: Story, now: Instant): object {
  const answers = { Exploitation: exploitation, Automatable: automatable, 'Technical Impact': impact }
  return {
    cve: id,
    state: 'PUBLISHED',
    adpCvss: [],
    ssvc: answers,
    ssvcVersion: '2.0.3',
    ts: formatInstant(instant(now - DAY)),
  }
}

function bomOf(asset: string, has: readonly string[]): string {
  const components = has.map((text) => {
    const [name, version] = text.split('@')
    return { type: 'library', name, version, purl: `pkg:npm/${text}` }
  })
  const metadata = { component: { type: 'device', name: asset } }
  return JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.5', metadata, components })
}

async function* oneOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}
