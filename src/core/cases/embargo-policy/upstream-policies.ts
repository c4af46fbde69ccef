import type { EmbargoPolicy } from './embargo-rule.ts'

/** What projects and closed lists lay down for everything sent to them; no agreement of other parties sets it aside. */
export const UPSTREAM_POLICIES: readonly EmbargoPolicy[] = [
  {
    id: 'linux-kernel',
    version: '7.1',
    name: 'Linux kernel security list',
    class: 'upstream',
    source: { document: 'Linux 7.1, Documentation/process/security-bugs', dated: '2026-05', read: '2026-08' },
    rules: [
      { kind: 'public-at-once', id: 'ai-found-is-public', only: 'ai-found' },
      { kind: 'end', id: 'fix-delay', from: 'fix', days: 7, only: null, extension: { days: 7, when: 'exceptional' } },
      { kind: 'notice', id: 'no-agreements', when: 'always', say: 'The list signs no agreement about secrecy.' },
    ],
  },
  {
    id: 'linux-distros',
    version: '14-days',
    name: 'linux-distros list',
    class: 'list',
    source: { document: 'linux-distros list policy', dated: null, read: '2026-08' },
    rules: [
      { kind: 'maximum', id: '14-days', days: 14, prefer: 7 },
      { kind: 'end', id: 'public-fix', from: 'patch', days: 0, only: null, extension: null },
      {
        kind: 'notice',
        id: 'public-post',
        when: 'always',
        say: 'Whoever brings a flaw to this list has to post it in public when the embargo ends.',
      },
    ],
  },
]
