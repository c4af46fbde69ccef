import type { Action, NounKind } from '../core/access/policy-table.ts'

/** One route as server, web, command line and the authority matrix know it. */
export interface Route {
  readonly method: 'get' | 'post' | 'put' | 'delete'
  readonly path: string
  /** What the policy is asked: action × noun. `null`: open to anyone by its nature, for the reason in `says`. */
  readonly asks: { readonly action: Action; readonly noun: NounKind } | null
  readonly says: string
}

const route = (method: Route['method'], path: string, says: string, action?: Action, noun?: NounKind): Route => ({
  method,
  path,
  says,
  asks: action && noun ? { action, noun } : null,
})

/** Every route under /v1 and the doors beside it. A route that is not here is not served; the matrix test walks this table. */
export const ROUTES = {
  me: route('get', '/v1/me', 'Who I am here; a stranger learns the name of the instance only'),
  signOut: route('post', '/v1/session/end', 'End the session in the cookie'),
  demoPeople: route('get', '/v1/demo/people', 'The seeded people; exists on a demo only'),
  demoSignIn: route('post', '/v1/demo/sign-in', 'Sign in as a seeded person; exists on a demo only'),
  passkeyLoginOptions: route('post', '/v1/passkeys/login/options', 'Begin a sign-in with a passkey'),
  passkeyLogin: route('post', '/v1/passkeys/login', 'Finish a sign-in with a passkey'),
  passkeyRegisterOptions: route('post', '/v1/passkeys/register/options', 'Begin to add a passkey', 'write', 'account'),
  passkeyRegister: route('post', '/v1/passkeys/register', 'Finish adding a passkey', 'write', 'account'),
  recoveryCodes: route('post', '/v1/recovery/codes', 'Make new recovery codes; the old ones end', 'write', 'account'),
  recover: route('post', '/v1/recovery', 'Sign in with a recovery code, once'),
  oidcStart: route('get', '/v1/oidc/start', 'Go to the identity provider'),
  oidcReturn: route('get', '/v1/oidc/return', 'Come back from the identity provider'),
  inviteAccept: route('post', '/v1/invites/accept', 'Take up an invite: its secret is the proof'),

  sendReport: route('post', '/v1/reports', 'Send reports: one or a million', 'send', 'report'),
  listReports: route('get', '/v1/reports', 'What my organisation sent', 'list', 'report'),
  readReport: route('get', '/v1/reports/{id}', 'One report with its items', 'read', 'report'),
  readReceipt: route('get', '/v1/receipts/{receipt}', 'Status by receipt', 'read', 'receipt'),
  proveReceipt: route('get', '/v1/receipts/{receipt}/proof', 'Receipt with both paths of the ledger', 'read', 'receipt'),
  listFindings: route('get', '/v1/findings', 'Status of everything my organisation sent', 'list', 'finding'),
  readFinding: route('get', '/v1/findings/{id}', 'One finding', 'read', 'finding'),
  releaseFinding: route(
    'post',
    '/v1/findings/{id}/release',
    'Let its finder know that the flaw is known already',
    'release',
    'finding',
  ),

  listFlaws: route('get', '/v1/flaws', 'The queue', 'list', 'flaw'),
  readFlaw: route('get', '/v1/flaws/{id}', 'One flaw with its findings side by side', 'read', 'flaw'),
  mergeFlaws: route('post', '/v1/flaws/merge', 'Put one flaw into another', 'decide', 'flaw'),
  splitFlaw: route('post', '/v1/flaws/{id}/split', 'Take findings out into a flaw of their own', 'decide', 'flaw'),
  undoFlaw: route('post', '/v1/flaws/{id}/undo', 'Undo the last merge, split or decision', 'decide', 'flaw'),
  judgeFlaw: route('post', '/v1/flaws/{id}/judgements', 'Record a judgement by a decision table', 'decide', 'flaw'),
  decideSuggestion: route('post', '/v1/suggestions/{id}/decide', 'Say whether two flaws are one', 'decide', 'suggestion'),
  readThread: route('get', '/v1/flaws/{id}/thread', 'Messages about a flaw', 'read', 'thread'),
  writeThread: route('post', '/v1/flaws/{id}/thread', 'Write a message', 'write', 'thread'),
  search: route('get', '/v1/search', 'Find flaws among those I may list', 'list', 'flaw'),
  intake: route('get', '/v1/intake', 'Uploads under way or just done', 'read', 'intake'),
  events: route('get', '/v1/events', 'Event stream: what changed, as ids', 'read', 'intake'),

  listTargets: route('get', '/v1/targets', 'What reproducers can be run against', 'list', 'target'),
  addTarget: route('post', '/v1/targets', 'Add the source of a target', 'write', 'target'),
  readTarget: route('get', '/v1/targets/{id}', 'One target', 'read', 'target'),
  setRecipe: route('put', '/v1/targets/{id}/recipe', 'Say how a target is built, run and tested', 'write', 'target'),
  addEvidence: route('post', '/v1/findings/{id}/evidence', 'Add a reproducer, patch or benign sample', 'write', 'evidence'),
  startFindingValidation: route('post', '/v1/findings/{id}/validations', 'Have one finding proved', 'send', 'validation'),
  startValidation: route('post', '/v1/flaws/{id}/validations', 'Have a flaw proved', 'send', 'validation'),
  readFlawProof: route('get', '/v1/flaws/{id}/proof', 'What is proved of a flaw, and what could be run', 'read', 'flaw'),
  listValidations: route('get', '/v1/validations', 'Validations, the newest first', 'list', 'validation'),
  readValidation: route('get', '/v1/validations/{id}', 'One validation with its result', 'read', 'validation'),
  stopValidation: route('post', '/v1/validations/{id}/stop', 'Stop a validation', 'write', 'validation'),
  readValidationLog: route('get', '/v1/validations/{id}/log', 'The log of all its runs, as text', 'read', 'validation'),
  readProduct: route('get', '/v1/validations/{id}/products/{digest}', 'Something it made', 'read', 'validation'),
  readStatement: route('get', '/v1/validations/{id}/statement', 'The signed statement', 'read', 'validation'),
  proveValidation: route('get', '/v1/validations/{id}/proof', 'That the ledger holds its statement', 'read', 'validation'),
  listRunners: route('get', '/v1/runners', 'Runners and what they offer', 'list', 'runner'),
  registerRunner: route('post', '/v1/runners', 'A runner says who it is and what it offers', 'write', 'runner'),
  leaseJob: route('post', '/v1/runners/lease', 'Take the next job', 'list', 'job'),
  readJobInput: route('get', '/v1/jobs/{id}/inputs/{digest}', 'One input of a leased job', 'read', 'job'),
  jobProgress: route('post', '/v1/jobs/{id}/progress', 'Tell progress and keep the lease', 'write', 'job'),
  putJobLog: route('put', '/v1/jobs/{id}/log', 'The log of a leased job', 'write', 'job'),
  jobResult: route('post', '/v1/jobs/{id}/result', 'The end of a leased job', 'write', 'job'),

  listOrganisations: route('get', '/v1/organisations', 'Organisations', 'list', 'organisation'),
  addOrganisation: route('post', '/v1/organisations', 'Add an organisation', 'manage', 'organisation'),
  listPeople: route('get', '/v1/people', 'People', 'list', 'person'),
  setRoles: route('put', '/v1/people/{id}/roles', 'Set what a person may do', 'manage', 'person'),
  endPerson: route('delete', '/v1/people/{id}', 'End a membership and its sessions and tokens', 'manage', 'person'),
  listInvites: route('get', '/v1/invites', 'Open invites', 'list', 'invite'),
  addInvite: route('post', '/v1/invites', 'Invite a person', 'manage', 'invite'),
  listTokens: route('get', '/v1/tokens', 'My tokens', 'list', 'token'),
  addToken: route('post', '/v1/tokens', 'Make a token; its secret is shown once', 'manage', 'token'),
  endToken: route('delete', '/v1/tokens/{id}', 'End a token', 'manage', 'token'),

  tally: route('get', '/v1/public', 'Counts for everyone, taken once an hour', 'read', 'tally'),
  checkpoint: route('get', '/ledger/checkpoint', 'The signed head of the log', 'read', 'ledger'),
  tile: route('get', '/ledger/tile/{path}', 'Tiles and entries of the log', 'read', 'ledger'),
  reportSchema: route('get', '/schemas/report-1.json', 'The JSON Schema of a report'),
  openapi: route('get', '/openapi.json', 'This table as OpenAPI 3.1'),
  securityTxt: route('get', '/.well-known/security.txt', 'Where to report flaws of this instance'),
  health: route('get', '/healthz', 'The process runs'),
  ready: route('get', '/readyz', 'The process can work'),
  metrics: route('get', '/metrics', 'Counters for the operator; loopback only unless configured'),
} as const satisfies Record<string, Route>

export type RouteName = keyof typeof ROUTES
