import type { DemoPerson, OrganisationRow, PersonRow, TokenRow } from '../contract/shapes/account.ts'
import type { FindingRow, ItemAnswer, Outcome, ReceiptStatus, ReportAnswer, ReportRow } from '../contract/shapes/report.ts'
import { HOSTILE, idOf, NOW } from './fake-world.ts'

const at = (hoursAgo: number): string => new Date(NOW - hoursAgo * 3_600_000).toISOString()

export const PEOPLE: readonly DemoPerson[] = [
  {
    id: idOf('per', 1),
    name: 'Ines Marrow',
    organisation: 'North Coast Clearinghouse',
    roles: ['coordinator'],
    says: 'Works the queue: groups, decides, judges',
  },
  {
    id: idOf('per', 2),
    name: 'Teo Halyard',
    organisation: 'Halyard Labs',
    roles: ['finder'],
    says: 'Sends what a fuzzer and a model found',
  },
  {
    id: idOf('per', 3),
    name: 'Ada Sundt',
    organisation: 'North Coast Clearinghouse',
    roles: ['administrator'],
    says: 'Keeps people and tokens, reads no report',
  },
  {
    id: idOf('per', 4),
    name: 'Petra Lindqvist',
    organisation: 'Northlight AI',
    roles: ['developer'],
    says: 'Gives early access to a model, and sees who saw what',
  },
  {
    id: idOf('per', 5),
    name: 'J. Varga',
    organisation: 'Office of Model Access',
    roles: ['officer'],
    says: 'Keeps dockets: terms, seats, read-ins',
  },
  {
    id: idOf('per', 6),
    name: 'Oma Teller',
    organisation: 'Office of Model Access',
    roles: ['evaluator'],
    says: 'Measures a model and reads what it did',
  },
  {
    id: idOf('per', 7),
    name: 'Ruth Calder',
    organisation: 'Fennmark Devices',
    roles: ['maintainer'],
    says: 'Answers for a vendor: invited to a case, reads it once the terms are accepted',
  },
  {
    id: idOf('per', 8),
    name: 'Signe Vaara',
    organisation: 'libquarry',
    roles: ['maintainer'],
    says: 'Maintains a library by herself: two things to look at, and a pause button',
  },
  {
    id: idOf('per', 9),
    name: 'Vera Holt',
    organisation: 'Fennmark Devices',
    roles: ['group-admin'],
    says: 'Keeps the people of one vendor: invites, roles, leaving',
  },
  {
    id: idOf('per', 10),
    name: 'Amara Quill',
    organisation: 'Fjordlight Power',
    roles: ['operator'],
    says: 'Runs the systems of a small utility: what to patch, where, by when',
  },
]

export function itemAnswer(n: number, outcome: Outcome): ItemAnswer {
  return {
    n,
    at: `/runs/0/results/${n}`,
    outcome,
    receipt: outcome === 'refused' ? null : idOf('rcp', n + 1),
    finding: null,
    same: outcome === 'repeated' || outcome === 'merged' ? idOf('rcp', 1) : null,
    needs:
      outcome === 'needs-info'
        ? [{ code: 'needs.target', say: 'Say what the flaw is in: a purl or a repository address.' }]
        : [],
    refusal:
      outcome === 'refused'
        ? {
            code: 'item.wrong-type',
            say: 'A field has the wrong type.',
            where: `/runs/0/results/${n}/message`,
            mend: 'Make it an object with a text.',
          }
        : null,
  }
}

export function reportAnswer(items: ItemAnswer[]): ReportAnswer {
  const n = (outcome: Outcome) => items.filter((item) => item.outcome === outcome).length
  const counts = {
    accepted: n('accepted'),
    repeated: n('repeated'),
    merged: n('merged'),
    needsInfo: n('needs-info'),
    refused: n('refused'),
  }
  return { report: idOf('rpt', 1), format: 'weir', receivedAt: at(0), complete: true, counts, flaws: 0, items }
}

export function status(receipt: string, leaf: number): ReceiptStatus {
  const pending = receipt === idOf('rcp', 2)
  return {
    receipt,
    receivedAt: at(1),
    outcome: pending ? 'needs-info' : 'accepted',
    state: pending ? 'needs-info' : 'being-looked-at',
    say: pending ? 'It is kept, and waits for what is missing.' : 'A coordinator works on it.',
    needs: pending ? [{ code: 'needs.target', say: 'Say what the flaw is in: a purl or a repository address.' }] : [],
    ledger: pending
      ? { state: 'pending', due: new Date(NOW + 41_000).toISOString(), leaf: null, interval: null }
      : { state: 'recorded', due: null, leaf, interval: { from: at(0.05), to: at(0.03) } },
  }
}

export function findingRows(): FindingRow[] {
  return Array.from({ length: 9 }, (_, n) => ({
    id: idOf('fnd', n),
    receipt: idOf('rcp', n + 1),
    report: idOf('rpt', 1),
    title: n === 3 ? HOSTILE : `Heap overflow in chunk reader, variant ${n}`,
    target: n === 1 ? null : 'pkg:generic/libquarry@3.8.1',
    state: n === 1 ? 'needs-info' : n === 4 ? 'known-already' : 'being-looked-at',
    say: n === 1 ? 'Say what the flaw is in.' : n === 4 ? 'The flaw was known before.' : 'A coordinator works on it.',
    receivedAt: at(n * 5),
    group: idOf('grp', Math.min(5, n)),
    waits: n === 2 ? { position: 4, expectedAt: at(-24 * 11) } : n === 6 ? { position: 12, expectedAt: null } : null,
  }))
}

export function reportRows(): ReportRow[] {
  const counts = { accepted: 400, repeated: 9, merged: 3, needsInfo: 2, refused: 1 }
  return ['nightly.sarif', HOSTILE, null].map((name, n) => ({
    id: idOf('rpt', n + 1),
    format: n === 0 ? 'sarif' : 'weir',
    name,
    finder: n === 2 ? null : 'Halyard Labs',
    receivedAt: at(n * 20),
    complete: n !== 1,
    counts,
    clustered: 412,
  }))
}

export function organisations(): OrganisationRow[] {
  return ['North Coast Clearinghouse', 'Halyard Labs', 'Tern Security'].map((name, n) => ({
    id: idOf('org', n + 1),
    name,
    kind: n === 0 ? 'clearinghouse' : 'finder',
    people: 3 - n,
    createdAt: at(900),
  }))
}

export function people(): PersonRow[] {
  return PEOPLE.map((person, n) => ({
    id: person.id,
    name: person.name,
    email: n === 0 ? 'ines@northcoast.example' : null,
    organisation: person.organisation,
    roles: person.roles,
    cases: true,
    state: 'active',
    lastSeen: n === 2 ? null : at(n + 1),
  }))
}

export function tokens(): TokenRow[] {
  return [
    {
      id: idOf('tok', 1),
      name: 'nightly fuzzer',
      organisation: 'Halyard Labs',
      person: 'Teo Halyard',
      scopes: ['report:send', 'finding:read'],
      createdAt: at(500),
      expiresAt: new Date(NOW + 5e9).toISOString(),
      lastUsed: at(3),
      revoked: false,
    },
  ]
}
