import type { RouteName } from '../src/contract/routes.ts'
import { ROLES } from '../src/core/access/principal.ts'

// Who may do what, written out by hand beside the policy: a changed row of the policy must be changed here too.
// `bare` is a token without any scope of somebody with every role; `elsewhere` a finder of another organisation than the sender's.
export const COLUMNS = ['stranger', 'bare', 'elsewhere', ...ROLES] as const
export type Column = (typeof COLUMNS)[number]
type Row = readonly [route: RouteName, stage: 'open' | 'closed' | '', statuses: Expected]
type Expected = Partial<Record<Column, number>> & { readonly rest: number }

const all = (status: number): Expected => ({ rest: status })
const only = (status: number, ...who: Column[]): Expected => ({
  rest: 404,
  stranger: 401,
  ...Object.fromEntries(who.map((one) => [one, status])),
})
const inPerson = (status: number): Expected => ({ rest: status, stranger: 401, bare: 404 })

export const TABLE: readonly Row[] = [
  ['me', '', all(200)],
  ['signOut', '', all(200)],
  ['demoPeople', '', all(404)],
  ['demoSignIn', '', all(404)],
  ['passkeyLoginOptions', '', all(200)],
  ['passkeyLogin', '', all(401)],
  ['passkeyRegisterOptions', '', inPerson(200)],
  ['passkeyRegister', '', inPerson(401)],
  ['recoveryCodes', '', inPerson(201)],
  ['recover', '', all(401)],
  ['oidcStart', '', all(404)],
  ['oidcReturn', '', all(404)],
  ['inviteAccept', '', all(401)],
  ['sendReport', '', { rest: 200, bare: 404 }],
  ['listReports', '', only(200, 'finder', 'elsewhere', 'coordinator')],
  ['readReport', '', only(200, 'finder', 'coordinator')],
  ['readReceipt', '', all(200)],
  ['proveReceipt', '', all(200)],
  ['listFindings', '', only(200, 'finder', 'elsewhere', 'coordinator')],
  ['readFinding', 'open', only(200, 'finder', 'coordinator')],
  ['readFinding', 'closed', only(200, 'finder', 'coordinator')],
  // 409: reached, and refused, because nobody else has a finding in that flaw and nothing untrue is told.
  ['releaseFinding', 'open', only(409, 'coordinator')],
  ['releaseFinding', 'closed', only(404)],
  ['listFlaws', '', only(200, 'coordinator')],
  ['readFlaw', 'open', only(200, 'coordinator')],
  ['readFlaw', 'closed', only(200, 'coordinator')],
  // 400: the command was reached, and refused a body without its fields.
  ['mergeFlaws', '', only(400, 'coordinator')],
  ['splitFlaw', '', only(400, 'coordinator')],
  ['undoFlaw', '', only(400, 'coordinator')],
  ['judgeFlaw', '', only(400, 'coordinator')],
  ['decideSuggestion', '', only(400, 'coordinator')],
  ['readThread', 'open', only(200, 'coordinator')],
  ['readThread', 'closed', only(404)],
  ['writeThread', 'open', only(200, 'coordinator')],
  ['writeThread', 'closed', only(404)],
  ['search', '', only(200, 'coordinator')],
  ['intake', '', only(200, 'finder', 'elsewhere', 'coordinator')],
  ['events', '', only(200, 'finder', 'elsewhere', 'coordinator')],
  ['listTargets', '', only(200, 'finder', 'elsewhere', 'coordinator')],
  // 400: reached, and refused without a name.
  ['addTarget', '', only(400, 'finder', 'elsewhere', 'coordinator')],
  ['readTarget', 'open', only(200, 'finder', 'coordinator')],
  ['readTarget', 'closed', only(404)],
  ['setRecipe', 'open', only(400, 'finder', 'coordinator')],
  ['setRecipe', 'closed', only(404)],
  ['addEvidence', 'open', only(400, 'finder', 'coordinator')],
  ['addEvidence', 'closed', only(404)],
  // 400: a body without its target.
  ['startFindingValidation', '', only(400, 'finder', 'elsewhere', 'coordinator')],
  ['startValidation', '', only(400, 'finder', 'elsewhere', 'coordinator')],
  ['readFlawProof', 'open', only(200, 'coordinator')],
  ['readFlawProof', 'closed', only(200, 'coordinator')],
  ['listValidations', '', only(200, 'finder', 'elsewhere', 'coordinator')],
  ['readValidation', 'open', only(200, 'finder', 'coordinator')],
  ['readValidation', 'closed', only(200, 'finder', 'coordinator')],
  // 409: it has ended.
  ['stopValidation', 'open', only(409, 'finder', 'coordinator')],
  ['stopValidation', 'closed', only(409, 'finder', 'coordinator')],
  // No log and no product in this world; a statement neither: it came to no outcome.
  ['readValidationLog', '', only(404)],
  ['readProduct', '', only(404)],
  ['readStatement', '', only(404)],
  ['proveValidation', '', only(404)],
  ['listRunners', '', only(200, 'administrator')],
  // The role of a machine: nobody is given it in person, and of a job it must show the lease.
  ['registerRunner', '', only(400, 'runner')],
  ['leaseJob', '', only(200, 'runner')],
  ['readJobInput', '', only(404)],
  ['jobProgress', '', only(404)],
  ['putJobLog', '', only(404)],
  // Not taken, whether there is such a job or not.
  ['jobResult', '', only(200, 'runner')],
  // Signed in, one sees a list of one's own, maybe empty; of one docket the officers of its office see that it is there.
  ['listDockets', '', inPerson(200)],
  ['listOffices', '', only(200, 'developer')],
  ['openDocket', '', only(400, 'developer')],
  ['readDocket', 'open', only(200, 'officer')],
  ['readDocket', 'closed', only(200, 'officer')],
  // 409: reached, at a version that is no longer the newest; core then asks for a seat.
  ['actDocket', 'open', only(409, 'officer')],
  ['actDocket', 'closed', only(409, 'officer')],
  // Without a seat nobody comes further; what each seat reads is walked in core/docket and in docket-secrecy.http.test.ts.
  ['readDocketLog', '', only(404)],
  ['proveDocketLog', '', only(404)],
  ['listPapers', '', only(404)],
  ['addPaper', '', only(404)],
  ['readPaper', '', only(404)],
  ['custodyRecipient', '', only(404)],
  ['putEndpoint', '', only(404)],
  ['proveDocket', '', only(404)],
  ['listAgreements', '', only(200, 'developer', 'officer')],
  ['addAgreement', '', only(400, 'developer', 'officer')],
  ['actAgreement', '', only(404)],
  // Measurements: each seat's part is walked in measurement.http.test.ts.
  ['listRunSets', '', only(404)],
  ['startRunSet', '', only(404)],
  ['importRunSet', '', only(404)],
  ['readRunSet', '', only(404)],
  ['stopRunSet', '', only(404)],
  ['markAttempt', '', only(404)],
  ['readTranscript', '', only(404)],
  ['analyse', '', only(404)],
  ['readAnalysis', '', only(404)],
  ['readDocketReport', '', only(404)],
  ['readBundle', '', only(404)],
  ['toIntake', '', only(404)],
  ['docketTally', '', all(200)],
  ['listOrganisations', '', only(200, 'coordinator', 'inspector', 'administrator')],
  ['addOrganisation', '', only(201, 'administrator')],
  ['listPeople', '', only(200, 'administrator')],
  ['setRoles', '', only(200, 'administrator')],
  ['endPerson', '', only(200, 'administrator')],
  ['listInvites', '', only(200, 'administrator')],
  ['addInvite', '', only(201, 'administrator')],
  ['listTokens', '', inPerson(200)],
  ['addToken', '', inPerson(201)],
  ['endToken', '', only(200, 'finder', 'administrator')],
  ['tally', '', all(200)],
  ['checkpoint', '', all(200)],
  ['tile', '', all(200)],
  ['reportSchema', '', all(200)],
  ['openapi', '', all(200)],
  ['securityTxt', '', all(200)],
  ['health', '', all(200)],
  ['ready', '', all(200)],
  ['metrics', '', all(200)],
]
