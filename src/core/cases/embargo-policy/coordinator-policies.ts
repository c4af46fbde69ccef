import type { EmbargoPolicy } from './embargo-rule.ts'

/** Defaults of those who coordinate: each yields to what upstream, a list or the parties themselves lay down. */
export const COORDINATOR_POLICIES: readonly EmbargoPolicy[] = [
  {
    id: 'cert-cc',
    version: '45-days',
    name: 'CERT/CC, disclosure after 45 days',
    class: 'default',
    source: { document: 'CERT/CC vulnerability disclosure policy', dated: null, read: '2026-08' },
    rules: [{ kind: 'end', id: '45-days', from: 'report', days: 45, only: null, extension: null }],
  },
  {
    id: 'akrites',
    version: '2026-08-20',
    name: 'Akrites, 30 days from validated and owned',
    class: 'default',
    source: { document: 'Akrites SIRT documents, embargo policy', dated: '2026-08-20', read: '2026-08' },
    rules: [
      { kind: 'end', id: '30-days', from: 'owned', days: 30, only: null, extension: null },
      {
        kind: 'notice',
        id: 'public-tools',
        when: 'ai-found',
        say: 'What a public model finds gets no embargo by one text; a later one says that reproducible is not yet public. A person decides.',
      },
      {
        kind: 'notice',
        id: 'maintainer-final',
        when: 'always',
        say: 'Where policies differ the tightest binds, and the last word is the maintainer’s.',
      },
    ],
  },
  {
    id: 'vulnerability-lookup',
    version: '5.2.0',
    name: 'Vulnerability-Lookup, 60 days',
    class: 'default',
    source: { document: 'Vulnerability-Lookup 5.2.0, default disclosure date', dated: '2026-07-01', read: '2026-08' },
    rules: [{ kind: 'end', id: '60-days', from: 'report', days: 60, only: null, extension: null }],
  },
]
