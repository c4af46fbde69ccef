import type { Me } from '../../contract/shapes/account.ts'
import type { IconName } from '../parts/marks/icon.tsx'

export interface Desk {
  readonly to:
    | '/dockets'
    | '/planner'
    | '/queue'
    | '/cases'
    | '/calendar'
    | '/funnel'
    | '/inbox'
    | '/projects'
    | '/claims'
    | '/notices'
    | '/webhooks'
    | '/advisories'
    | '/findings'
    | '/reports'
    | '/validations'
    | '/report'
    | '/status'
    | '/public'
    | '/duties'
    | '/exposure'
    | '/people'
    | '/tokens'
  readonly name: string
  readonly icon: IconName
  readonly keys: string | null
  readonly group: 'work' | 'measured' | 'rules'
  /** The roles it is shown to; the server decides in any case. */
  readonly roles: readonly string[] | 'everyone'
}

const DESKS: readonly Desk[] = [
  { to: '/queue', name: 'Queue', icon: 'queue', keys: 'g q', group: 'work', roles: ['coordinator'] },
  { to: '/exposure', name: 'Needs you now', icon: 'exposure', keys: 'g e', group: 'work', roles: ['operator'] },
  { to: '/inbox', name: 'Inbox', icon: 'envelope', keys: 'g i', group: 'work', roles: ['maintainer'] },
  {
    to: '/cases',
    name: 'Cases',
    icon: 'case',
    keys: 'g c',
    group: 'work',
    roles: ['coordinator', 'finder', 'maintainer', 'operator', 'partner'],
  },
  { to: '/findings', name: 'Findings', icon: 'findings', keys: 'g f', group: 'work', roles: ['finder', 'coordinator'] },
  { to: '/reports', name: 'Reports', icon: 'reports', keys: 'g r', group: 'work', roles: ['finder', 'coordinator'] },
  { to: '/validations', name: 'Validations', icon: 'proof', keys: 'g v', group: 'work', roles: ['finder', 'coordinator'] },
  {
    to: '/dockets',
    name: 'Dockets',
    icon: 'docket',
    keys: 'g d',
    group: 'work',
    roles: ['developer', 'officer', 'evaluator', 'partner', 'inspector'],
  },
  {
    to: '/calendar',
    name: 'Calendar',
    icon: 'clock',
    keys: 'g k',
    group: 'work',
    roles: ['coordinator', 'finder', 'maintainer'],
  },
  { to: '/claims', name: 'Scans', icon: 'scan', keys: 'g m', group: 'work', roles: ['finder', 'coordinator'] },
  { to: '/projects', name: 'Projects', icon: 'project', keys: 'g o', group: 'work', roles: ['maintainer', 'coordinator'] },
  {
    to: '/notices',
    name: 'Notices',
    icon: 'bell',
    keys: 'g b',
    group: 'work',
    roles: ['finder', 'maintainer', 'coordinator', 'operator', 'partner'],
  },
  { to: '/report', name: 'Send a report', icon: 'send', keys: 'g n', group: 'work', roles: 'everyone' },
  { to: '/status', name: 'Status by receipt', icon: 'receipt', keys: 'g s', group: 'work', roles: 'everyone' },
  {
    to: '/planner',
    name: 'Planner',
    icon: 'plan',
    keys: null,
    group: 'measured',
    roles: ['developer', 'officer', 'evaluator'],
  },
  { to: '/funnel', name: 'Funnel', icon: 'funnel', keys: 'g u', group: 'measured', roles: 'everyone' },
  { to: '/advisories', name: 'Advisories', icon: 'advisory', keys: 'g a', group: 'measured', roles: 'everyone' },
  { to: '/duties', name: 'Duties', icon: 'duty', keys: 'g y', group: 'measured', roles: 'everyone' },
  { to: '/public', name: 'In public', icon: 'measured', keys: 'g l', group: 'measured', roles: 'everyone' },
  { to: '/people', name: 'People', icon: 'people', keys: 'g p', group: 'rules', roles: ['administrator', 'group-admin'] },
  {
    to: '/webhooks',
    name: 'Webhooks',
    icon: 'hook',
    keys: 'g w',
    group: 'rules',
    roles: ['finder', 'maintainer', 'coordinator', 'operator', 'partner'],
  },
  { to: '/tokens', name: 'Tokens', icon: 'token', keys: 'g t', group: 'rules', roles: 'everyone' },
]

/** Desks of what an organisation takes part in: not for somebody whom it keeps out of cases. Coordination's own stay. */
const OF_CASES: readonly Desk['to'][] = ['/inbox', '/cases', '/calendar', '/notices', '/webhooks']

/** The desks a person sees, in order. A stranger has none but the public ones, which the head shows. */
export function desksOf(me: Me | undefined): readonly Desk[] {
  if (!me?.signedIn) return []
  const apart = !me.cases && !me.roles.includes('coordinator')
  const desks = apart ? DESKS.filter(({ to }) => !OF_CASES.includes(to)) : DESKS
  return desks.filter((desk) => desk.roles === 'everyone' || desk.roles.some((role) => me.roles.includes(role)))
}

/** Where a person starts: what needs them now. */
export function firstDesk(me: Me): Desk['to'] {
  if (me.roles.includes('coordinator')) return '/queue'
  if (me.roles.includes('maintainer') && me.cases) return '/inbox'
  if (me.roles.includes('operator')) return '/exposure'
  if (me.roles.includes('finder')) return '/findings'
  if (['developer', 'officer', 'evaluator', 'partner'].some((role) => me.roles.includes(role))) return '/dockets'
  return me.roles.some((role) => role === 'administrator' || role === 'group-admin') ? '/people' : '/public'
}
