import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { Broken } from './frame/broken.tsx'
import { Frame } from './frame/frame.tsx'
import { readCaseSearch } from './scenes/case/case-tabs.ts'
import { Nowhere } from './scenes/nowhere/nowhere.tsx'
import { readQueueSearch } from './scenes/queue/queue-search.ts'

const root = createRootRoute({ component: Frame, notFoundComponent: Nowhere, errorComponent: Broken })
const at = () => root

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value.slice(0, 500) : undefined

const home = createRoute({
  getParentRoute: at,
  path: '/',
  component: lazyRouteComponent(() => import('./scenes/public/home.tsx'), 'Home'),
})
const open = createRoute({
  getParentRoute: at,
  path: '/public',
  component: lazyRouteComponent(() => import('./scenes/public/public-page.tsx'), 'PublicPage'),
})
const signIn = createRoute({
  getParentRoute: at,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { next?: string } =>
    text(search['next']) ? { next: text(search['next'])! } : {},
  component: lazyRouteComponent(() => import('./scenes/sign-in/sign-in.tsx'), 'SignIn'),
})
const join = createRoute({
  getParentRoute: at,
  path: '/join',
  component: lazyRouteComponent(() => import('./scenes/sign-in/join.tsx'), 'Join'),
})
const account = createRoute({
  getParentRoute: at,
  path: '/account',
  component: lazyRouteComponent(() => import('./scenes/sign-in/account.tsx'), 'Account'),
})
const report = createRoute({
  getParentRoute: at,
  path: '/report',
  component: lazyRouteComponent(() => import('./scenes/report/report.tsx'), 'Report'),
})
const ask = createRoute({
  getParentRoute: at,
  path: '/status',
  component: lazyRouteComponent(() => import('./scenes/status/ask.tsx'), 'Ask'),
})
const status = createRoute({
  getParentRoute: at,
  path: '/status/$receipt',
  component: lazyRouteComponent(() => import('./scenes/status/status.tsx'), 'Status'),
})
const queue = createRoute({
  getParentRoute: at,
  path: '/queue',
  validateSearch: readQueueSearch,
  component: lazyRouteComponent(() => import('./scenes/queue/queue.tsx'), 'Queue'),
})
const flaw = createRoute({
  getParentRoute: at,
  path: '/flaws/$id',
  component: lazyRouteComponent(() => import('./scenes/flaw/flaw.tsx'), 'Flaw'),
})
const findings = createRoute({
  getParentRoute: at,
  path: '/findings',
  component: lazyRouteComponent(() => import('./scenes/findings/findings.tsx'), 'Findings'),
})
const reports = createRoute({
  getParentRoute: at,
  path: '/reports',
  component: lazyRouteComponent(() => import('./scenes/reports/reports.tsx'), 'Reports'),
})
const oneReport = createRoute({
  getParentRoute: at,
  path: '/reports/$id',
  component: lazyRouteComponent(() => import('./scenes/reports/one-report.tsx'), 'OneReport'),
})
const search = createRoute({
  getParentRoute: at,
  path: '/search',
  validateSearch: (given: Record<string, unknown>): { q?: string } => (text(given['q']) ? { q: text(given['q'])! } : {}),
  component: lazyRouteComponent(() => import('./scenes/search/search.tsx'), 'Search'),
})
const validations = createRoute({
  getParentRoute: at,
  path: '/validations',
  component: lazyRouteComponent(() => import('./scenes/validations/validations.tsx'), 'Validations'),
})
const validation = createRoute({
  getParentRoute: at,
  path: '/validations/$id',
  component: lazyRouteComponent(() => import('./scenes/validations/validation.tsx'), 'Validation'),
})
const dockets = createRoute({
  getParentRoute: at,
  path: '/dockets',
  component: lazyRouteComponent(() => import('./scenes/docket/dockets.tsx'), 'Dockets'),
})
const openDocket = createRoute({
  getParentRoute: at,
  path: '/dockets/new',
  component: lazyRouteComponent(() => import('./scenes/docket/open-docket.tsx'), 'OpenDocket'),
})
const agreements = createRoute({
  getParentRoute: at,
  path: '/dockets/agreements',
  component: lazyRouteComponent(() => import('./scenes/docket/agreements.tsx'), 'Agreements'),
})
const docket = createRoute({
  getParentRoute: at,
  path: '/dockets/$id',
  component: lazyRouteComponent(() => import('./scenes/docket/docket.tsx'), 'Docket'),
})
const docketPart = createRoute({
  getParentRoute: at,
  path: '/dockets/$id/$part',
  component: lazyRouteComponent(() => import('./scenes/docket/docket.tsx'), 'Docket'),
})
const runSet = createRoute({
  getParentRoute: at,
  path: '/dockets/$id/runs/$run',
  component: lazyRouteComponent(() => import('./scenes/measurement/run-set.tsx'), 'RunSet'),
})
const transcript = createRoute({
  getParentRoute: at,
  path: '/dockets/$id/runs/$run/$n',
  component: lazyRouteComponent(() => import('./scenes/measurement/transcript.tsx'), 'Transcript'),
})
const planner = createRoute({
  getParentRoute: at,
  path: '/planner',
  component: lazyRouteComponent(() => import('./scenes/measurement/planner.tsx'), 'Planner'),
})
const cases = createRoute({
  getParentRoute: at,
  path: '/cases',
  validateSearch: readCaseSearch,
  component: lazyRouteComponent(() => import('./scenes/case/cases.tsx'), 'Cases'),
})
const oneCase = createRoute({
  getParentRoute: at,
  path: '/cases/$id',
  component: lazyRouteComponent(() => import('./scenes/case/case.tsx'), 'Case'),
})
const casePart = createRoute({
  getParentRoute: at,
  path: '/cases/$id/$part',
  component: lazyRouteComponent(() => import('./scenes/case/case.tsx'), 'Case'),
})
const calendar = createRoute({
  getParentRoute: at,
  path: '/calendar',
  component: lazyRouteComponent(() => import('./scenes/calendar/calendar.tsx'), 'Calendar'),
})
const funnel = createRoute({
  getParentRoute: at,
  path: '/funnel',
  component: lazyRouteComponent(() => import('./scenes/funnel/funnel.tsx'), 'Funnel'),
})
const people = createRoute({
  getParentRoute: at,
  path: '/people',
  component: lazyRouteComponent(() => import('./scenes/people/people.tsx'), 'People'),
})
const tokens = createRoute({
  getParentRoute: at,
  path: '/tokens',
  component: lazyRouteComponent(() => import('./scenes/tokens/tokens.tsx'), 'Tokens'),
})

const inbox = createRoute({
  getParentRoute: at,
  path: '/inbox',
  component: lazyRouteComponent(() => import('./scenes/inbox/inbox.tsx'), 'Inbox'),
})
const projects = createRoute({
  getParentRoute: at,
  path: '/projects',
  component: lazyRouteComponent(() => import('./scenes/project/projects.tsx'), 'Projects'),
})
const project = createRoute({
  getParentRoute: at,
  path: '/projects/$id',
  component: lazyRouteComponent(() => import('./scenes/project/project.tsx'), 'Project'),
})
const oneTimeLink = createRoute({
  getParentRoute: at,
  path: '/l/$token',
  component: lazyRouteComponent(() => import('./scenes/link/link.tsx'), 'OneTimeLink'),
})
const notices = createRoute({
  getParentRoute: at,
  path: '/notices',
  component: lazyRouteComponent(() => import('./scenes/notices/notices.tsx'), 'Notices'),
})
const webhooks = createRoute({
  getParentRoute: at,
  path: '/webhooks',
  component: lazyRouteComponent(() => import('./scenes/webhooks/webhooks.tsx'), 'Webhooks'),
})
const claims = createRoute({
  getParentRoute: at,
  path: '/claims',
  component: lazyRouteComponent(() => import('./scenes/claims/claims.tsx'), 'Claims'),
})
const claimsPart = createRoute({
  getParentRoute: at,
  path: '/claims/$part',
  component: lazyRouteComponent(() => import('./scenes/claims/claims.tsx'), 'Claims'),
})
const advisories = createRoute({
  getParentRoute: at,
  path: '/advisories',
  component: lazyRouteComponent(() => import('./scenes/advisory/advisories.tsx'), 'Advisories'),
})
// Not below /advisories: what is there are files of the public tree.
const advisory = createRoute({
  getParentRoute: at,
  path: '/advisory/$id',
  component: lazyRouteComponent(() => import('./scenes/advisory/advisory.tsx'), 'Advisory'),
})
const caseAdvisory = createRoute({
  getParentRoute: at,
  path: '/cases/$id/advisory',
  component: lazyRouteComponent(() => import('./scenes/advisory/case-advisory.tsx'), 'CaseAdvisory'),
})

const duties = createRoute({
  getParentRoute: at,
  path: '/duties',
  component: lazyRouteComponent(() => import('./scenes/duties/duties.tsx'), 'Duties'),
})

const exposure = createRoute({
  getParentRoute: at,
  path: '/exposure',
  component: lazyRouteComponent(() => import('./scenes/exposure/exposure.tsx'), 'Exposure'),
})
const exposurePart = createRoute({
  getParentRoute: at,
  path: '/exposure/$part',
  component: lazyRouteComponent(() => import('./scenes/exposure/exposure.tsx'), 'Exposure'),
})
const knownFlaw = createRoute({
  getParentRoute: at,
  path: '/known/$id',
  component: lazyRouteComponent(() => import('./scenes/exposure/known-flaw.tsx'), 'KnownFlaw'),
})

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    open,
    signIn,
    join,
    account,
    report,
    ask,
    status,
    queue,
    flaw,
    findings,
    reports,
    oneReport,
    search,
    validations,
    validation,
    dockets,
    openDocket,
    agreements,
    docket,
    docketPart,
    runSet,
    transcript,
    planner,
    cases,
    oneCase,
    casePart,
    calendar,
    funnel,
    people,
    tokens,
    inbox,
    projects,
    project,
    oneTimeLink,
    notices,
    webhooks,
    claims,
    claimsPart,
    advisories,
    advisory,
    caseAdvisory,
    duties,
    exposure,
    exposurePart,
    knownFlaw,
  ]),
  defaultErrorComponent: Broken,
  defaultPendingMs: 200,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
