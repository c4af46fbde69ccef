import { z } from 'zod'
import { PROBLEMS } from '../../contract/problem.ts'
import { ROUTES, type Route, type RouteName } from '../../contract/routes.ts'
import {
  DemoPerson,
  InviteRow,
  Me,
  NewInvite,
  NewToken,
  OrganisationRow,
  PersonRow,
  TokenRow,
} from '../../contract/shapes/account.ts'
import { FunnelOut } from '../../contract/shapes/case.ts'
import {
  ActAgreement,
  ActDocket,
  AddAgreement,
  AgreementList,
  AgreementOut,
  CustodyOut,
  DocketList,
  DocketLog,
  DocketTally,
  DocketView,
  OfficeList,
  OpenDocket,
  PaperList,
  PaperOut,
  PutEndpoint,
} from '../../contract/shapes/docket.ts'
import {
  DecideCommand,
  FlawPage,
  FlawPageOfRows,
  JudgeCommand,
  MergeCommand,
  SplitCommand,
  Thread,
  UndoCommand,
  WriteMessage,
} from '../../contract/shapes/flaw.ts'
import { IntakeProgress, Tally } from '../../contract/shapes/public.ts'
import { FindingRow, ReceiptStatus, ReportAnswer, ReportRow } from '../../contract/shapes/report.ts'
import {
  EvidenceOut,
  FlawProof,
  JobKeeps,
  JobProgress,
  JobResult,
  JobTaken,
  LeaseCommand,
  Leased,
  RegisterRunner,
  RunnerList,
  RunnerOut,
  StartValidation,
  TargetList,
  TargetOut,
  ValidationList,
  ValidationPage,
  ValidationRow,
} from '../../contract/shapes/validation.ts'
import type { Config } from '../main/config.ts'
import { ADVISORY_ANSWERS, ADVISORY_BODIES } from './advisory-shapes.ts'
import { DUTY_ANSWERS, DUTY_BODIES } from './duty-shapes.ts'
import { EXPOSURE_ANSWERS, EXPOSURE_BODIES } from './exposure-shapes.ts'
import { KNOWN_ANSWERS } from './known-shapes.ts'
import { SCAN_ANSWERS, SCAN_BODIES } from './scan-shapes.ts'

const rows = <S extends z.ZodType>(row: S) => z.object({ rows: z.array(row) })

const BODIES: Partial<Record<RouteName, z.ZodType>> = {
  mergeFlaws: MergeCommand,
  splitFlaw: SplitCommand,
  undoFlaw: UndoCommand,
  judgeFlaw: JudgeCommand,
  decideSuggestion: DecideCommand,
  writeThread: WriteMessage,
  startValidation: StartValidation,
  startFindingValidation: StartValidation,
  registerRunner: RegisterRunner,
  leaseJob: LeaseCommand,
  jobProgress: JobProgress,
  jobResult: JobResult,
  openDocket: OpenDocket,
  actDocket: ActDocket,
  putEndpoint: PutEndpoint,
  addAgreement: AddAgreement,
  actAgreement: ActAgreement,
  addInvite: NewInvite,
  addToken: NewToken,
  ...SCAN_BODIES,
  ...ADVISORY_BODIES,
  ...DUTY_BODIES,
  ...EXPOSURE_BODIES,
}

const ANSWERS: Partial<Record<RouteName, z.ZodType>> = {
  me: Me,
  demoPeople: rows(DemoPerson),
  sendReport: ReportAnswer,
  listReports: rows(ReportRow),
  readReport: ReportRow,
  readReceipt: ReceiptStatus,
  listFindings: rows(FindingRow),
  listFlaws: FlawPageOfRows,
  search: FlawPageOfRows,
  readFlaw: FlawPage,
  mergeFlaws: FlawPage,
  splitFlaw: FlawPage,
  undoFlaw: FlawPage,
  judgeFlaw: FlawPage,
  decideSuggestion: FlawPage,
  readThread: Thread,
  writeThread: Thread,
  intake: rows(IntakeProgress),
  listTargets: TargetList,
  addTarget: TargetOut,
  readTarget: TargetOut,
  setRecipe: TargetOut,
  addEvidence: EvidenceOut,
  startValidation: ValidationRow,
  startFindingValidation: ValidationRow,
  readFlawProof: FlawProof,
  listValidations: ValidationList,
  readValidation: ValidationPage,
  stopValidation: ValidationRow,
  listRunners: RunnerList,
  registerRunner: RunnerOut,
  leaseJob: Leased,
  jobProgress: JobKeeps,
  jobResult: JobTaken,
  listDockets: DocketList,
  listOffices: OfficeList,
  openDocket: DocketView,
  readDocket: DocketView,
  actDocket: DocketView,
  readDocketLog: DocketLog,
  listPapers: PaperList,
  addPaper: PaperOut,
  custodyRecipient: CustodyOut,
  putEndpoint: DocketView,
  listAgreements: AgreementList,
  addAgreement: AgreementOut,
  actAgreement: AgreementOut,
  docketTally: DocketTally,
  funnel: FunnelOut,
  listOrganisations: rows(OrganisationRow),
  listPeople: rows(PersonRow),
  listInvites: rows(InviteRow),
  listTokens: rows(TokenRow),
  tally: Tally,
  ...SCAN_ANSWERS,
  ...ADVISORY_ANSWERS,
  ...DUTY_ANSWERS,
  ...EXPOSURE_ANSWERS,
  ...KNOWN_ANSWERS,
}

/** Routes that take a file as it is. */
const FILES: Partial<Record<RouteName, string>> = {
  sendReport: 'The file itself: plain, gzip or Zstandard',
  addTarget: 'The source itself: an archive or a git bundle',
  addEvidence: 'The reproducer, patch or sample itself',
  putJobLog: 'The log itself',
  addPaper: 'The message or the document itself',
}

/** The route table as OpenAPI 3.1; shapes come from the same schemas that the routes check with. */
export function openApi(config: Pick<Config, 'publicUrl' | 'port'>): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const [name, route] of Object.entries(ROUTES) as [RouteName, Route][]) {
    paths[route.path] = { ...paths[route.path], [route.method]: operation(name, route) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Weir',
      version: '1',
      description: 'Reports in, flaws out. Errors are RFC 9457 problem documents.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: config.publicUrl ?? `http://localhost:${config.port}` }],
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'weir_session' },
      },
      schemas: {
        Problem: {
          type: 'object',
          required: ['type', 'title', 'status', 'code'],
          properties: {
            type: { type: 'string' },
            title: { type: 'string' },
            status: { type: 'integer' },
            code: { enum: Object.keys(PROBLEMS) },
            detail: { type: 'string' },
            where: { type: 'string' },
            trace: { type: 'string' },
          },
        },
      },
    },
    paths,
  }
}

function operation(name: RouteName, route: Route): object {
  const body = BODIES[name]
  const answer = ANSWERS[name]
  const parameters = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, param]) => ({
    name: param,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  return {
    operationId: name,
    summary: route.says,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(route.asks === null
      ? {}
      : {
          security: [
            { token: [] },
            { session: [] },
            ...(name === 'sendReport' ||
            name === 'readReceipt' ||
            name === 'proveReceipt' ||
            name === 'tally' ||
            name === 'docketTally' ||
            name === 'funnel'
              ? [{}]
              : []),
          ],
        }),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' }) } },
          },
        }),
    ...(FILES[name] === undefined ? {} : { requestBody: { required: true, description: FILES[name], content: { '*/*': {} } } }),
    responses: {
      200: {
        description: route.says,
        ...(answer === undefined
          ? {}
          : { content: { 'application/json': { schema: z.toJSONSchema(answer, { unrepresentable: 'any' }) } } }),
      },
      default: {
        description: 'A problem',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
}
