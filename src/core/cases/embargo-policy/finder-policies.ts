import type { EmbargoPolicy } from './embargo-rule.ts'

/** Policies of those who find flaws and report them, as they offer them to whoever receives the report. */
export const FINDER_POLICIES: readonly EmbargoPolicy[] = [
  {
    id: 'anthropic-cvd',
    version: '2026-03-06',
    name: 'Anthropic, coordinated disclosure for flaws found by Claude',
    class: 'default',
    source: {
      document: 'Coordinated vulnerability disclosure for Claude-discovered vulnerabilities',
      dated: '2026-03-06',
      read: '2026-11',
    },
    rules: [
      { kind: 'end', id: '90-days', from: 'report', days: 90, only: null, extension: { days: 14, when: 'engaged' } },
      { kind: 'end', id: 'patch-released', from: 'patch', days: 0, only: null, extension: null },
      // The text gives 7 days without saying from when; they can begin neither before the report nor before the attack is known.
      {
        kind: 'end',
        id: 'exploited-critical',
        from: 'exploited',
        days: 7,
        only: 'exploited-critical',
        extension: { days: 7, when: 'engaged' },
      },
      { kind: 'details', id: 'details-after-patch', days: 45, latestDays: null },
      {
        kind: 'notice',
        id: 'details-sooner',
        when: 'exploited',
        say: 'The wait for technical details may be cut short where that helps to defend against attacks; a person decides.',
      },
    ],
  },
  {
    id: 'openai-outbound',
    version: '2025-06',
    name: 'OpenAI, outbound coordinated disclosure',
    class: 'default',
    source: { document: 'Outbound coordinated disclosure policy', dated: '2025-06', read: '2026-08' },
    rules: [
      { kind: 'open-ended', id: 'by-consent' },
      {
        kind: 'notice',
        id: 'exploitation',
        when: 'exploited',
        say: 'Under exploitation, or where the public interest asks for it, publication need not wait for consent; a person decides.',
      },
    ],
  },
  {
    id: 'project-zero',
    version: '2025-07',
    name: 'Google Project Zero, 90+30 with reporting transparency',
    class: 'default',
    source: {
      document: 'Vulnerability disclosure policy; Policy and Disclosure: 2025 Edition',
      dated: '2025-07',
      read: '2026-11',
    },
    rules: [
      { kind: 'end', id: '90-days', from: 'report', days: 90, only: null, extension: { days: 14, when: 'engaged' } },
      {
        kind: 'end',
        id: 'in-the-wild',
        from: 'exploited',
        days: 7,
        only: 'exploited',
        extension: { days: 3, when: 'engaged' },
      },
      // What a grace period takes, the wait after the patch gives back: 120 days from the report are the last of both.
      { kind: 'details', id: 'details-after-patch', days: 30, latestDays: 120 },
      {
        kind: 'existence',
        id: 'reporting-transparency',
        days: 7,
        shows: ['vendor', 'product', 'report-date', 'deadline'],
      },
    ],
  },
]
