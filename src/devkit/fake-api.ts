import { existsSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { extname, join } from 'node:path'
import { type ProblemCode, problem } from '../contract/problem.ts'
import { toBase64 } from '../ledger/base64.ts'
import { FakeAdvisories } from './fake-advisory.ts'
import { FakeCases, fakeCalendar, fakeFunnel } from './fake-case.ts'
import { FakeDocket, fakeAnalysis, fakeRunSet, fakeRunSets, fakeTranscript } from './fake-docket.ts'
import { FakeDuties } from './fake-duties.ts'
import { FakeExposure } from './fake-exposure.ts'
import { FakeFlaws } from './fake-flaws.ts'
import {
  findingRows,
  itemAnswer,
  organisations,
  PEOPLE,
  people,
  reportAnswer,
  reportRows,
  status,
  tokens,
} from './fake-lists.ts'
import { fakeLog } from './fake-log.ts'
import { FakePeople } from './fake-people.ts'
import { FakeProjects } from './fake-project.ts'
import { FakeProof } from './fake-proof.ts'
import { FakeScans } from './fake-scans.ts'
import { HOSTILE, idOf, NOW } from './fake-world.ts'

const CSP =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
/** A recipient of age; a test that wants to open what was sealed to it has the identity. */
const RECIPIENT = 'age10sn7n8r6un6l4euqp5ts9fu358e972ksdz5825symylnrgcjle6syqhnp2'
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

export interface FakeApi {
  readonly url: string
  /** While true, reports are cut off without an answer (a browser tries once more by itself). */
  cut: boolean
  /** Reports as they came in, with their keys. */
  readonly received: { readonly key: string; readonly body: string }[]
  close(): Promise<void>
}

/** Serves the built page of `folder` with invented data in the contract's shapes, on a free port of this machine. */
export async function fakeApi(
  folder: string,
  options: { readonly flaws?: number; readonly port?: number; readonly hidden?: boolean } = {},
): Promise<FakeApi> {
  const flaws = new FakeFlaws(options.flaws ?? 24)
  const proof = new FakeProof()
  const docket = new FakeDocket()
  const cases = new FakeCases()
  const exposure = new FakeExposure()
  const doors = [new FakeProjects(), new FakeScans(), new FakeAdvisories(), new FakePeople(), new FakeDuties(), exposure]
  const log = fakeLog(300, NOW, { v: '1', receipt: idOf('rcp', 1) })
  const messages = [
    {
      id: 'msg_1',
      at: new Date(NOW - 7_200_000).toISOString(),
      who: 'Ines Marrow',
      organisation: 'North Coast Clearinghouse',
      text: `The vendor says both stand in one function.\n${HOSTILE}`,
      mine: false,
    },
  ]
  let person: (typeof PEOPLE)[number] | null = null
  const made: object[] = []

  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://fake.example')
    const path = `${request.method} ${decodeURIComponent(url.pathname)}`
    const body = await readAll(request)
    const json = (value: unknown, code = 200) => reply(response, code, 'application/json', JSON.stringify(value))
    const no = (code: ProblemCode, detail?: string) => {
      const document = problem(code, detail === undefined ? {} : { detail })
      reply(response, document.status, 'application/problem+json', JSON.stringify(document))
    }
    const sent = () => JSON.parse(body.toString('utf8') || '{}') as Record<string, string & string[]>
    if (request.method !== 'GET' && request.headers['x-weir'] !== '1') return no('origin.not-accepted')
    const may = (role: string) => person?.roles.includes(role) ?? false
    const found = (pattern: RegExp) => pattern.exec(path)?.[1]
    let id: string | undefined

    if (path === 'GET /v1/me') {
      const instance = {
        name: 'North Coast Clearinghouse',
        demo: true,
        now: new Date(NOW).toISOString(),
        contact: 'mailto:desk@northcoast.example',
        signIn: { passkey: true, oidc: 'Coast ID' },
        notes: [],
      }
      return json({
        signedIn: person !== null,
        person: person && { id: person.id, name: person.name, email: null },
        organisation: person && { id: idOf('org', 1), name: person.organisation },
        roles: person?.roles ?? [],
        cases: true,
        instance,
      })
    }
    if (path === 'GET /v1/demo/people') return json({ rows: PEOPLE })
    if (path === 'POST /v1/demo/sign-in') {
      person = PEOPLE.find((one) => one.id === sent()['person']) ?? null
      return person ? json({}) : no('session.not-accepted')
    }
    if (path === 'POST /v1/session/end') {
      person = null
      return json({})
    }
    if (path === 'GET /v1/public') return json(tally(log.key, log.size, toBase64(log.root)))
    if (path === 'GET /ledger/checkpoint') return reply(response, 200, 'text/plain', log.checkpoint)
    id = found(/^GET \/ledger\/(tile\/.+)$/)
    if (id) {
      const tile = log.tile(id)
      return tile ? reply(response, 200, 'application/octet-stream', Buffer.from(tile)) : no('thing.not-found')
    }
    if (path === 'POST /v1/reports') {
      if (api.cut) {
        response.destroy()
        return
      }
      api.received.push({ key: String(request.headers['idempotency-key']), body: body.toString('utf8') })
      return json(
        reportAnswer(
          url.searchParams.get('name') === null
            ? [itemAnswer(0, 'accepted')]
            : ['accepted', 'repeated', 'merged', 'needs-info', 'refused'].map((outcome, n) => itemAnswer(n, outcome as never)),
        ),
      )
    }
    id = found(/^GET \/v1\/receipts\/(rcp_\w+)$/)
    if (id) return json(status(id, log.leaf))
    if (found(/^GET (\/v1\/receipts\/rcp_\w+\/proof)$/)) return json(log.proof)
    if (path === 'GET /v1/duties/proof') return json(log.proof)
    if (path === 'GET /v1/events') {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      const intake = {
        report: idOf('rpt', 9),
        name: 'nightly.sarif',
        finder: 'Halyard Labs',
        read: 61_402,
        grouped: 60_000,
        total: 100_000,
        stage: 'reading',
        perSecond: 1_900,
        at: new Date(NOW).toISOString(),
      }
      response.write(`event: intake\ndata: ${JSON.stringify(intake)}\n\n`)
      return
    }
    exposure.asked = url.searchParams
    for (const door of doors) {
      const answer = door.answer(
        path,
        body.length > 0 && body[0] === 0x7b ? JSON.parse(body.toString('utf8')) : {},
        person?.roles ?? [],
      )
      if (answer) {
        if (request.method !== 'GET') api.received.push({ key: path, body: body.toString('utf8') })
        return json(answer.body, answer.code)
      }
    }
    if (person === null) return no('session.required')
    if (path === 'GET /v1/intake') return json({ rows: [] })
    if (path === 'GET /v1/findings') return json({ rows: findingRows(), next: null })
    if (path === 'GET /v1/reports') return json({ rows: reportRows() })
    if (found(/^GET (\/v1\/reports\/rpt_\w+)$/)) return json(reportRows()[0])
    if (path === 'GET /v1/validations') return json(proof.list())
    id = found(/^GET \/v1\/validations\/(val_\w+)$/)
    const validation = id === undefined ? null : proof.page(id)
    if (validation) return json(validation)
    if (found(/^GET (\/v1\/validations\/val_\w+\/log)$/)) return reply(response, 200, 'text/plain', `==1==ERROR ${HOSTILE}\n`)
    id = found(/^POST \/v1\/validations\/(val_\w+)\/stop$/)
    if (id) return json(proof.stop(id))
    const seats = (['developer-lead', 'docket-officer', 'analyst'] as const).filter((_, n) =>
      may(['developer', 'officer', 'evaluator'][n]!),
    )
    if (seats.length > 0) {
      const base = `/v1/dockets/${idOf('dkt', 1)}`
      if (path === 'GET /v1/dockets') return json(docket.list(seats))
      if (path === 'GET /v1/offices') return json({ rows: [{ id: idOf('org', 3), name: 'Office of Model Access' }] })
      if (path === 'GET /v1/agreements') return json({ rows: [docket.agreement()] })
      if (path === `POST /v1/agreements/${idOf('agr', 1)}/acts`) return json(docket.actAgreement(sent()['do'] as string))
      if (path === 'POST /v1/agreements') return json(docket.agreement(), 201)
      if (path === 'POST /v1/dockets') return json(docket.view(seats), 201)
      if (path === `GET ${base}`) return json(docket.view(seats))
      if (path === `POST ${base}/acts`) return json(docket.act(JSON.parse(body.toString('utf8')).act, seats))
      if (path === `GET ${base}/log`) return json(docket.log())
      if (path === `GET ${base}/reads`) return json(cases.reads())
      if (path === `GET ${base}/papers`) return json(docket.papers())
      if (path === `POST ${base}/papers`) return json({}, 201)
      if (path === `GET ${base}/custody`) return json({ recipient: RECIPIENT, isolation: 'own-user' })
      if (path === `PUT ${base}/endpoint`) {
        api.received.push({ key: 'endpoint', body: body.toString('utf8') })
        return json(docket.view(seats))
      }
      if (path === `GET ${base}/analysis` && may('evaluator')) return json(fakeAnalysis())
      if (path === `GET ${base}/run-sets`) return json(fakeRunSets())
      if (path === `GET ${base}/run-sets/${idOf('rns', 1)}`) return json(fakeRunSet())
      if (path.startsWith(`GET ${base}/run-sets/${idOf('rns', 1)}/attempts/`)) return json(fakeTranscript(3))
    }
    if (may('coordinator') || may('maintainer')) {
      const seat = may('coordinator') ? 'coordinator' : 'vendor'
      const base = `/v1/cases/${idOf('case', 1)}`
      if (path === 'GET /v1/cases') return json(cases.list(seat))
      if (path === 'POST /v1/cases') return json(cases.view(seat), 201)
      if (path === `GET ${base}`) return json(cases.view(seat))
      if (path === `POST ${base}/acts`) return json(cases.act(JSON.parse(body.toString('utf8')).act, seat))
      if (path === `GET ${base}/timeline`) return json(cases.timeline())
      if (path === `GET ${base}/papers`) return json(cases.papers())
      if (path === `POST ${base}/papers`) {
        cases.say(sent()['text'] as string)
        return json({}, 201)
      }
      if (path === `GET ${base}/letters` && may('coordinator')) return json(cases.lettersOf())
      if (path === `GET ${base}/relay` && may('coordinator')) return json(cases.relays())
      if (path === `POST ${base}/relay` && may('coordinator')) return json(cases.draftRelay(sent()['route'] as never), 201)
      const passed = path.startsWith(`POST ${base}/relay/`) && may('coordinator') ? path.split('/').at(-2) : undefined
      if (passed) return json(cases.actRelay(passed, sent() as never))
      if (path.startsWith(`POST ${base}/flaws/`) && may('coordinator')) return json({})
      if (path === 'GET /v1/calendar') return json(fakeCalendar())
      if (path === 'GET /v1/funnel') return json(fakeFunnel())
      id = found(/^POST \/v1\/letters\/(ltr_\w+)\/acts$/)
      const acted = id && may('coordinator') ? cases.actLetter(id, sent() as never) : null
      if (acted) return json(acted)
    }
    if (path === 'GET /v1/tokens') return json({ rows: [...tokens(), ...made] })
    if (path === 'POST /v1/tokens') {
      const token = {
        ...tokens()[0]!,
        id: idOf('tok', 50 + made.length),
        name: sent()['name'] as string,
        scopes: sent()['scopes'] as string[],
      }
      made.push(token)
      return json({ id: token.id, secret: 'weir_fake_secret_shown_once', expiresAt: token.expiresAt }, 201)
    }
    if (may('administrator')) {
      if (path === 'GET /v1/people') return json({ rows: people() })
      if (path === 'GET /v1/organisations') return json({ rows: organisations() })
      if (path === 'GET /v1/invites') return json({ rows: [] })
      if (path === 'POST /v1/invites')
        return json(
          {
            id: idOf('inv', 1),
            email: null,
            organisation: 'Halyard Labs',
            roles: sent()['roles'],
            expiresAt: new Date(NOW + 6e8).toISOString(),
            link: 'http://localhost:4180/join#fake-secret',
          },
          201,
        )
    }
    if (!may('coordinator')) return no('thing.not-found')
    if (path === 'GET /v1/flaws') return json(flaws.list(url.searchParams))
    if (path === 'GET /v1/search') {
      url.searchParams.set('tab', 'everything')
      return json(flaws.list(url.searchParams))
    }
    if (path === 'POST /v1/flaws/merge') return json(flaws.merge(sent()['into']!, sent()['from']!))
    id = found(/^\w+ \/v1\/flaws\/(flw_\w+)/)
    const page = id === undefined ? undefined : flaws.pages.get(id)
    if (id !== undefined && page) {
      if (path === `GET /v1/flaws/${id}`) return json(page)
      if (path === `GET /v1/flaws/${id}/proof`) return json(proof.of(id))
      if (path === `POST /v1/flaws/${id}/validations`) return json(proof.start(sent()['tasks'] as never), 202)
      if (path === `GET /v1/flaws/${id}/thread`) return json({ messages, canWrite: true })
      if (path === `POST /v1/flaws/${id}/thread`) {
        messages.push({ ...messages[0]!, id: `msg_${messages.length + 1}`, text: sent()['text']!, mine: true })
        return json({}, 201)
      }
      if (path === `POST /v1/flaws/${id}/split`) return json(flaws.split(id, sent()['findings'] as string[]))
      if (path === `POST /v1/flaws/${id}/judgements`) return json(page)
      if (path === `POST /v1/flaws/${id}/undo`) {
        const undone = flaws.undo(id)
        return undone ? json(undone) : no('flaw.nothing-to-undo')
      }
    }
    id = found(/^POST \/v1\/suggestions\/(sgn_\w+)\/decide$/)
    const asked = id === undefined ? undefined : flaws.asked(id)
    if (id !== undefined && asked) {
      const other = asked.suggestions[0]!.other.id
      return json(sent()['verdict'] === 'merge' ? flaws.merge(asked.row.id, other) : flaws.keepApart(id))
    }
    return no('thing.not-found')
  }

  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://fake.example').pathname
    if (/^\/(v1|ledger)\//.test(path)) {
      route(request, response).catch(() => response.destroy())
    } else {
      servePage(folder, path, response)
    }
  })
  const port = await listen(server, options.port ?? 0)
  const api: FakeApi = {
    url: `http://localhost:${port}`,
    cut: false,
    received: [],
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
  return api
}

function tally(key: string, size: number, root: string): object {
  return {
    name: 'North Coast Clearinghouse',
    asOf: new Date(NOW - 1_200_000).toISOString(),
    nextAt: new Date(NOW + 2_400_000).toISOString(),
    steps: [
      { step: 'Findings received', count: 212_480, say: 'in 1,204 reports' },
      { step: 'Flaws found', count: 41_377, say: 'one for each root cause, as far as is known' },
      { step: 'Judged by a person', count: 9_640, say: 'by a published decision table' },
      { step: 'Published', count: null, say: 'with an advisory' },
    ],
    ledger: {
      origin: 'fake.example/log',
      size,
      root,
      signedAt: new Date(NOW - 8_000).toISOString(),
      key,
      stopped: null,
      intervalSeconds: 60,
    },
    rules: [
      { id: 'ssvc:DT_SP:1.0.0', title: 'Supplier Patch Development Priority', source: 'CERT/CC SSVC, 2025' },
      {
        id: 'x_alt.weir#clearinghouse:DT_COORD_TRIAGE:1.0.0',
        title: 'Coordinator Triage, clearinghouse',
        source: 'Weir, from CERT/CC SSVC',
      },
    ],
  }
}

function servePage(folder: string, path: string, response: ServerResponse): void {
  const file = path.includes('..') || extname(path) === '' ? '/index.html' : path
  const full = join(folder, file)
  if (!existsSync(full)) reply(response, 404, 'text/plain', 'Not found')
  else reply(response, 200, TYPES[extname(full)] ?? 'application/octet-stream', readFileSync(full))
}

function reply(response: ServerResponse, code: number, type: string, body: string | Buffer): void {
  response.writeHead(code, { 'content-type': type, 'content-security-policy': CSP, 'x-content-type-options': 'nosniff' })
  response.end(body)
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve) => {
    server.listen(port, 'localhost', () => resolve((server.address() as { port: number }).port))
  })
}
