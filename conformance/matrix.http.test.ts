import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { ROUTES, type Route, type RouteName } from '../src/contract/routes.ts'
import { ROLES, type Role } from '../src/core/access/principal.ts'
import { newId } from '../src/core/kernel/id.ts'
import { DocketWorld } from '../src/devkit/docket-desk.ts'
import { type Credential, openDoor, type TestDoor } from '../src/devkit/door.ts'
import { member, organisationNamed } from '../src/devkit/members.ts'
import { PublicTree } from '../src/server/app/advisories/public-tree.ts'
import { buildTree } from '../src/server/feeds/build-tree.ts'
import { makeToken } from '../src/server/identity/tokens.ts'
import { clusterWorker } from '../src/server/jobs/workers/cluster.ts'
import { sealJson } from '../src/server/store/keys/seal.ts'
import { COLUMNS, type Column, TABLE } from './matrix-table.ts'

interface Things {
  readonly finding: string
  readonly flaw: string
  readonly target: string
  readonly validation: string
  readonly docket: string
  readonly case: string
  readonly claim: string
}

interface World {
  readonly report: string
  readonly receipt: string
  readonly open: Things
  readonly closed: Things
  readonly token: string
  readonly project: string
  /** A draft of the open case. */
  readonly advisory: string
}

const NOBODY = '0'.repeat(24)
const RUNNER = `run_${'1'.repeat(24)}`
const passkey = () => ({ id: randomBytes(16).toString('base64url'), type: 'public-key', response: { clientDataJSON: 'e30' } })
const withRaw = (answer: ReturnType<typeof passkey>) => ({ ...answer, rawId: answer.id })
const PROFILE = {
  name: 'plain',
  system: '',
  tools: ['submit'],
  temperature: null,
  maxOutputTokens: 100,
  limits: { tokens: 100, messages: 1, wallMs: 1000, cost: null },
  safeguards: 'on',
}
const BODIES: Partial<Record<RouteName, () => unknown>> = {
  passkeyLogin: () => withRaw(passkey()),
  passkeyRegister: () => withRaw(passkey()),
  recover: () => ({ code: 'none' }),
  demoSignIn: () => ({ person: 'x' }),
  inviteAccept: () => ({ secret: 'none', name: 'N' }),
  sendReport: () => '{}\n',
  mergeFlaws: () => ({}),
  splitFlaw: () => ({}),
  undoFlaw: () => ({}),
  judgeFlaw: () => ({}),
  decideSuggestion: () => ({}),
  writeThread: () => ({ text: 'hello' }),
  addOrganisation: () => ({ name: `N ${randomBytes(4).toString('hex')}`, kind: 'vendor' }),
  setRoles: () => ({ roles: ['finder'] }),
  addInvite: () => ({ organisation: 'Sender', roles: ['finder'] }),
  addTarget: () => 'source',
  setRecipe: () => ({}),
  addEvidence: () => 'x',
  startFindingValidation: () => ({}),
  startValidation: () => ({}),
  stopValidation: () => ({}),
  registerRunner: () => ({}),
  openCase: () => ({}),
  addProject: () => ({}),
  readTerms: () => ({}),
  actProject: () => ({}),
  draftLetter: () => ({}),
  actLetter: () => ({}),
  takeLink: () => ({}),
  addWebhook: () => ({}),
  actWebhook: () => ({ do: 'turn-off' }),
  actCase: () => ({ version: 1000, act: { do: 'confirm', flaw: 'x', what: 'public', confirm: false } }),
  addCasePaper: () => 'x',
  draftAdvisory: () => ({}),
  editAdvisory: () => ({}),
  actAdvisory: () => ({ version: 1000, act: { do: 'hold' } }),
  draftRelay: () => ({}),
  actRelay: () => ({ do: 'send', digest: 'x' }),
  actCve: () => ({ do: 'reserve' }),
  openDocket: () => ({}),
  actDocket: () => ({ version: 1, act: { do: 'withdraw' } }),
  addPaper: () => 'x',
  putEndpoint: () => ({ api: 'openai-chat', base: 'https://models.example/v1', model: 'm', sealed: 'x' }),
  addAgreement: () => ({}),
  actAgreement: () => ({ version: 1, do: 'end', digest: '0'.repeat(64) }),
  startRunSet: () => ({ suite: 'sample', profile: PROFILE }),
  importRunSet: () => 'x',
  markAttempt: () => ({ n: 0, mark: 'cheated', why: 'x' }),
  analyse: () => ({ runSets: [`rns_${NOBODY}`] }),
  makeClaim: () => ({}),
  actClaim: () => ({ do: 'release' }),
  addOptOut: () => ({}),
  addScanRoute: () => ({}),
  addScanRequest: () => ({}),
  takeScanRequest: () => ({}),
  addCertificate: () => ({}),
  toIntake: () => ({ item: `doc_${NOBODY}` }),
  leaseJob: () => ({ runner: RUNNER, waitMs: 0 }),
  jobProgress: () => ({ lease: 'x', say: '', done: 0, total: 0, seconds: 0 }),
  putJobLog: () => 'x',
  jobResult: () => ({ lease: 'x', end: { how: 'stopped' }, seconds: 0, products: [] }),
  actDuty: () => ({}),
  addOwnDuty: () => ({ duty: {} }),
  editOwnDuty: () => ({ version: 0, duty: {} }),
  actOwnDuty: () => ({ version: 0, act: { do: 'take-back', reason: 'x' } }),
  tagInventory: () => ({}),
  actAction: () => ({ do: 'reopen', reason: 'x' }),
  actEdgeDevice: () => ({ do: 'reopen', deed: 'removed', reason: 'x' }),
  setRule: () => ({}),
  reportPatched: () => ({}),
  addToken: () => ({ name: 'n', scopes: ['report:send'] }),
}

const DOC = join(import.meta.dirname, '../docs/authority.md')

/** The table for people to read; the test keeps it as it is here. */
function document(): string {
  const head = ['route', 'what it is for', 'stage', ...COLUMNS]
  const lines = TABLE.map(([name, stage, expected]) => {
    const route: Route = ROUTES[name]
    return [
      `\`${route.method.toUpperCase()} ${route.path}\``,
      route.says,
      stage,
      ...COLUMNS.map((column) => String(expected[column] ?? expected.rest)),
    ]
  })
  const text = [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
  return `# Who may do what

The answer of every route to every role, as \`conformance/matrix.http.test.ts\` finds it on a running server. \`401\` says "sign in first" (or, of a way to
sign in, "not accepted"); \`404\` is the same answer, byte for byte, for what does not exist and for what may not be seen; \`400\` means that the command was
reached with an incomplete body. \`bare\` is a token without any scope, of a person with every role; \`elsewhere\` is a finder of another
organisation than the one that sent the report; \`finder\` is one of the sender's. This instance is no demo and has no identity provider.
Where \`stage\` is empty it makes no difference. To write this page anew: \`WEIR_WRITE_AUTHORITY=1\` before the test.

${text}
`
}

describe('role × route × stage', () => {
  let door: TestDoor
  let world: World

  before(async () => {
    door = await openDoor()
    world = await build(door)
  })
  after(async () => await door.close())

  async function as(column: Column): Promise<Credential> {
    if (column === 'stranger') return null
    if (column === 'elsewhere') return (await member(door.ground, 'Elsewhere', ['finder'])).as
    if (column !== 'bare') return (await member(door.ground, column === 'finder' ? 'Sender' : 'Other', [column as Role])).as
    const { id, organisation } = await member(door.ground, 'Sender', ROLES)
    return {
      token: (await makeToken(door.ground, { name: 'bare', organisation, person: id, roles: [...ROLES], scopes: [], days: 1 }))
        .secret,
    }
  }

  async function pathOf(name: RouteName, column: Column, stage: 'open' | 'closed', exists = true): Promise<string> {
    const { path } = ROUTES[name]
    const thing = world[stage]
    const id = async () => {
      if (path.includes('/reports/')) return exists ? world.report : `rpt_${NOBODY}`
      if (path.includes('/findings/')) return exists ? thing.finding : `fnd_${NOBODY}`
      if (path.includes('/targets/')) return exists ? thing.target : `tgt_${NOBODY}`
      if (path.includes('/validations/')) return exists ? thing.validation : `val_${NOBODY}`
      if (path.includes('/jobs/')) return exists ? thing.validation : `val_${NOBODY}`
      if (path.includes('/projects/')) return exists ? world.project : `prj_${NOBODY}`
      if (path.includes('/letters/')) return `ltr_${NOBODY}`
      if (path.includes('/notices/')) return `ntc_${NOBODY}`
      if (path.includes('/webhooks/')) return `whk_${NOBODY}`
      if (path.includes('/cases/')) return exists ? thing.case : `cas_${NOBODY}`
      if (path.includes('/v1/advisories/')) return exists ? world.advisory : `adv_${NOBODY}`
      if (path.includes('/dockets/')) return exists ? thing.docket : `dkt_${NOBODY}`
      if (path.includes('/agreements/')) return `agr_${NOBODY}`
      if (path.includes('/claims/')) return exists ? thing.claim : `clm_${NOBODY}`
      if (path.includes('/scan-requests/')) return `srq_${NOBODY}`
      if (path.includes('/scan-proofs/')) return `opt_${NOBODY}`
      if (path.includes('/own-duties/')) return `dty_${NOBODY}`
      if (path.includes('/inventories/')) return `ivt_${NOBODY}`
      if (path.includes('/actions/')) return `act_${NOBODY}`
      if (path.includes('/flaws/')) return exists ? thing.flaw : `flw_${NOBODY}`
      if (path.includes('/people/')) return exists ? (await member(door.ground, 'Other', ['operator'])).id : `per_${NOBODY}`
      if (path.includes('/invites/')) return exists ? await openInvite() : `inv_${NOBODY}`
      if (path.includes('/tokens/')) return exists ? await tokenFor(column) : `tok_${NOBODY}`
      return `sgn_${NOBODY}`
    }
    return path
      .replace('{id}', await id())
      .replace('{receipt}', exists ? world.receipt : `rcp_${NOBODY}`)
      .replace('{digest}', `sha256:${'0'.repeat(64)}`)
      .replace('{paper}', `doc_${NOBODY}`)
      .replace('{evidence}', `evd_${NOBODY}`)
      .replace('{relay}', `doc_${NOBODY}`)
      .replace('{flaw}', thing.flaw)
      .replace('{run}', `rns_${NOBODY}`)
      .replace('{n}', '1')
      .replace('{token}', 'x'.repeat(43))
      .replace('{contact}', `ctc_${NOBODY}`)
      .replace('{path}', path.startsWith('/ledger') ? `0/000.p/${door.desks.ledger.status.size}` : 'none.json')
  }

  async function openInvite(): Promise<string> {
    const administrator = await member(door.ground, 'Other', ['administrator'])
    const body = { organisation: 'Other', roles: ['operator'] }
    return (await (await door.ask('POST', '/v1/invites', { as: administrator.as, body })).json()).id
  }

  let mine: string | null = null
  const tokenFor = async (column: Column) => (column === 'finder' && mine !== null ? mine : world.token)

  async function ask(name: RouteName, column: Column, stage: 'open' | 'closed', exists = true): Promise<Response> {
    const credential = await as(column)
    mine = null
    if (name === 'endToken' && column === 'finder')
      mine = (
        await (await door.ask('POST', '/v1/tokens', { as: credential, body: { name: 'n', scopes: ['report:send'] } })).json()
      ).id
    const query = name === 'sendReport' ? '?format=weir-ndjson' : ''
    const body = BODIES[name]?.()
    return await door.ask(ROUTES[name].method.toUpperCase(), (await pathOf(name, column, stage, exists)) + query, {
      as: credential,
      ...(body === undefined ? {} : { body }),
    })
  }

  test('every route of the contract stands in the table, and no other', () => {
    assert.deepEqual([...new Set(TABLE.map(([name]) => name))].sort(), Object.keys(ROUTES).sort())
  })

  test('every route answers every role as the table says; what is refused tells nothing', async () => {
    const nowhere = await (await door.ask('GET', '/v1/nowhere')).text()
    const wrong: string[] = []
    for (const [name, stage, expected] of TABLE) {
      for (const column of COLUMNS) {
        const answer = await ask(name, column, stage || 'open')
        const wanted = expected[column] ?? expected.rest
        if (answer.status !== wanted) wrong.push(`${name} ${stage} ${column}: ${answer.status} instead of ${wanted}`)
        if (answer.status === 404) assert.equal(await answer.text(), nowhere, `${name} ${column}`)
        else await answer.body?.cancel()
      }
    }
    assert.deepEqual(wrong, [])
  })

  test('a thing that is not there and a thing that may not be seen answer alike, head and body', async () => {
    for (const name of (Object.keys(ROUTES) as RouteName[]).filter(
      (one) => /\{(id|receipt)\}/.test(ROUTES[one].path) && one !== 'decideSuggestion',
    )) {
      const [hidden, absent] = [await ask(name, 'operator', 'open'), await ask(name, 'operator', 'open', false)]
      const others = ['readReceipt', 'proveReceipt'].includes(name)
      assert.equal(absent.status, 404, name)
      if (others) continue
      assert.equal(await hidden.text(), await absent.text(), name)
      assert.deepEqual([...hidden.headers], [...absent.headers], name)
      const allowed = ['setRoles', 'endPerson', 'endInvite', 'endToken'].includes(name) ? 'administrator' : 'coordinator'
      if (!BODIES[name]) assert.equal((await ask(name, allowed, 'open', false)).status, 404, `${name} by one who may`)
    }
  })

  test('docs/authority.md is this table', () => {
    if (process.env['WEIR_WRITE_AUTHORITY'] === '1') writeFileSync(DOC, document())
    assert.ok(existsSync(DOC) && readFileSync(DOC, 'utf8') === document(), 'run this test with WEIR_WRITE_AUTHORITY=1')
  })
})

/** Two reports of one sender, each a flaw by now; the second is closed. */
async function build(door: TestDoor): Promise<World> {
  const sender = await member(door.ground, 'Sender', ['finder'])
  const send = async (n: number) => {
    const body = JSON.stringify({
      title: `A heap overflow ${n}`,
      target: { purl: `pkg:generic/matrix-${n}` },
      description: `Overflow number ${n}.`,
      weaknesses: ['CWE-122'],
    })
    const answer = await (await door.ask('POST', '/v1/reports?format=weir-ndjson', { as: sender.as, body: `${body}\n` })).json()
    return { receipt: answer.items[0].receipt as string }
  }
  const [first] = [await send(1), await send(2)]
  await clusterWorker(door.ground, door.desks.macs, door.desks.board, door.desks.hub, (error) => assert.fail(String(error)))(
    {},
    new AbortController().signal,
  )
  door.time.now += 120_000
  await door.desks.ledger.turn()
  const { owner } = door.database
  const { rows } = await owner.query<{ finding: string; flaw: string; receipt: string; report: string }>(
    `select f.id as finding, m.flaw_id as flaw, f.receipt_id as receipt, f.report_id as report from weir.finding f join weir.member m on m.finding_id = f.id`,
  )
  const open = rows.find(({ receipt }) => receipt === first.receipt)!
  const closed = rows.find(({ receipt }) => receipt !== first.receipt)!
  const { as } = await member(door.ground, 'Other', ['coordinator'])
  const caseOf = async ({ flaw }: { flaw: string }, stage: 'open' | 'closed'): Promise<string> => {
    const { row, version } = await (await door.ask('POST', '/v1/cases', { as, body: { flaws: [flaw] } })).json()
    const body = { version, act: { do: 'close', why: 'It is over.' } }
    if (stage === 'closed') assert.equal((await door.ask('POST', `/v1/cases/${row.id}/acts`, { as, body })).status, 200)
    return row.id
  }
  const cases = { open: await caseOf(open, 'open'), closed: await caseOf(closed, 'closed') }
  const named = { name: 'Matrix', purl: 'pkg:npm/matrix', terms: {}, source: 'a test' }
  const project = await (await door.ask('POST', '/v1/projects', { as, body: named })).json()
  const drafted = await (await door.ask('POST', `/v1/cases/${cases.open}/advisory`, { as, body: {} })).json()
  await new PublicTree(door.desks.advisory, async (asked) => buildTree(asked)).follow()
  await owner.query(`update weir.finding set stage = 'closed' where id = $1`, [closed.finding])
  await owner.query(`update weir.flaw set stage = 'closed', state = 'closed' where id = $1`, [closed.flaw])
  const things = async (of: { finding: string; flaw: string }, stage: 'open' | 'closed'): Promise<Things> => {
    const [target, validation] = [newId('target', randomBytes), newId('validation', randomBytes)]
    const [key] = await door.ground.keys.allocate(1)
    const told = { name: 'Source', revision: null, digest: null, purl: null, introducedAfter: null }
    const about = sealJson(key!.key, told, `target/${target}/about`, randomBytes)
    await owner.query(
      `insert into weir.target (target_key, id, organisation_id, kind, key_slot, about, bytes, created_at, stage)
       values ('', $1, $2, 'archive', $3, $4, 0, now(), $5)`,
      [target, sender.organisation, key!.slot, about, stage],
    )
    await owner.query(
      `insert into weir.validation (target_key, id, version, organisation_id, flaw_id, finding_id, findings, target_id, tasks, floor, state, asked_by,
         coordination, asked_at, key_slot, proof, ended_at, stage)
       values ('', $1, 1, $2, $3, $4, array[$4], $5, '{reproduce}', 'namespace', 'stopped', $2, false, now(), 0, '', now(), $6)`,
      [validation, sender.organisation, of.flaw, of.finding, target, stage],
    )
    const { id: docket } = await DocketWorld.open(door, {}, { developer: 'Maker', office: 'Other' })
    await owner.query(`update weir.docket set stage = $2 where id = $1`, [docket, stage])
    const place = { target: `pkg:npm/matrix-${stage}`, path: 'src' }
    const claim = (await (await door.ask('POST', '/v1/claims', { as: sender.as, body: place })).json()).id as string
    return { ...of, target, validation, docket, claim, case: cases[stage] }
  }
  const token = await makeToken(door.ground, {
    name: 'theirs',
    organisation: sender.organisation,
    person: sender.id,
    roles: ['finder'],
    scopes: ['report:send'],
    days: 1,
  })
  await owner.query(
    `insert into weir.runner (id, owner_id, name, public_key, tiers, lacking, slots, registered_at, last_seen)
     values ($1, $2, 'runner', 'key', '[]', '[]', 1, now(), now())`,
    [RUNNER, await organisationNamed(door.ground, 'Other')],
  )
  return {
    report: open.report,
    receipt: open.receipt,
    open: await things(open, 'open'),
    closed: await things(closed, 'closed'),
    token: token.id,
    advisory: drafted.row.id,
    project: project.id,
  }
}
