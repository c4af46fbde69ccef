import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { startServerProcess } from '../bench/server-process.ts'
import type { DocketReceipt } from '../src/contract/docket-receipt.ts'
import type { DocketView } from '../src/contract/shapes/docket.ts'
import { ask, post, read } from './door.ts'
import { scanPath } from './marker-scan.ts'
import { control, openWorld, pause, result, type World } from './world.ts'

// A docket with a marker in everything that people and programs can put into it; a backup; the end. Then no byte of the data
// folder, the database's files, the key folder, the custodian's folder, the logs or the old backup tells a marker, and the old
// backup, brought back beside the same keys, opens nothing of it.

const MARK = `qzv${randomBytes(9).toString('hex')}`
let planted = 0
const mark = (field: string) => `${MARK}${field}${(planted++).toString(36)}`

/** `weir` in a process of its own. */
function runCli(words: readonly string[], env: Readonly<Record<string, string>> = {}, input = '') {
  const entry = join(import.meta.dirname, '../src/cli/main.ts')
  return spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', entry, ...words], {
    encoding: 'utf8',
    input,
    env: { ...process.env, ...env },
  })
}

interface Human {
  readonly id: string
  readonly cookie: string
}

describe('a closed docket', () => {
  const home = mkdtempSync(join(tmpdir(), 'weir-closing-'))
  const data = join(home, 'data')
  const keys = join(home, 'keys')
  const backup = join(home, 'before.backup')
  const env = { WEIR_KEYS: keys, WEIR_LOG: 'debug', WEIR_PRIVATE_ENDPOINTS: '1' }
  let world: World
  let said = ''
  let lead: Human
  let officer: Human
  let docket: string
  let receipt: DocketReceipt
  let verifier: string
  let token = ''

  before(async () => {
    world = await openWorld({ data, quiet: true, env })
  })
  after(async () => {
    if (world.server.alive()) await world.server.stop()
    rmSync(home, { recursive: true, force: true })
  })

  async function human(organisation: string, role: string): Promise<Human> {
    const invite = await post<{ link: string }>(`${world.url}/v1/invites`, world.administrator, { organisation, roles: [role] })
    assert.ok(invite.status < 300, JSON.stringify(invite.body))
    const secret = /[\w-]{20,}$/.exec(JSON.stringify(invite.body.link).replaceAll('"', ''))![0]
    const answer = await fetch(`${world.url}/v1/invites/accept`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-weir': '1' },
      body: JSON.stringify({ secret, name: 'A person' }),
    })
    const cookie = answer.headers.getSetCookie()[0]!.split(';')[0]!
    const me = await read<{ person: { id: string } }>(`${world.url}/v1/me`, cookie)
    return { id: me.person.id, cookie }
  }

  /** `weir` as the lead's machine. */
  const weir = (words: readonly string[], input = '') => runCli(words, { WEIR_SERVER: world.url, WEIR_TOKEN: token }, input)

  const at = (path = '') => `${world.url}/v1/dockets/${docket}${path}`
  const view = (who: Human) => read<DocketView>(at(), who.cookie)
  async function act(who: Human, given: object): Promise<DocketView> {
    const { version } = await view(who)
    const { status, body } = await post<DocketView>(at('/acts'), who.cookie, { version, act: given })
    assert.equal(status, 200, JSON.stringify(body))
    return body
  }
  async function paper(who: Human, object: string, text: string | Uint8Array): Promise<void> {
    const path = at(`/papers?object=${object}&title=${mark('title')}`)
    const answer = await ask(path, { method: 'POST', cookie: who.cookie, body: text })
    assert.equal(answer.status, 201, answer.body.toString())
  }

  test('takes 100 markers by every way in, and shows them to those who may read them', async () => {
    for (const name of ['Closing Maker', 'Closing Office', 'Closing Partner'])
      await post(`${world.url}/v1/organisations`, world.administrator, { name, kind: 'vendor' })
    lead = await human('Closing Maker', 'developer')
    officer = await human('Closing Office', 'officer')
    const second = await human('Closing Office', 'officer')
    const [keeper, analyst, steward] = [
      await human('Closing Office', 'evaluator'),
      await human('Closing Office', 'evaluator'),
      await human('Closing Office', 'evaluator'),
    ]
    const partner = await human('Closing Partner', 'partner')
    const offices = await read<{ rows: { id: string; name: string }[] }>(`${world.url}/v1/offices`, lead.cookie)
    const office = offices.rows.find(({ name }) => name === 'Closing Office')!.id
    const asked = { kind: 'access', office, model: mark('model'), question: mark('question') }
    const opened = await post<DocketView>(`${world.url}/v1/dockets`, lead.cookie, asked)
    docket = opened.body.id
    await act(officer, { do: 'seat', person: officer.id, seat: 'docket-officer' })
    await act(officer, { do: 'seat', person: second.id, seat: 'docket-officer' })
    const until = new Date(Date.now() + 1e9).toISOString()
    for (const [one, seat, compartment] of [
      [keeper, 'benchmark-custodian', 'B'],
      [analyst, 'analyst', 'R'],
      [steward, 'partner-steward', 'P'],
    ] as const) {
      await act(officer, { do: 'seat', person: one.id, seat })
      await act(officer, { do: 'read-in', person: one.id, compartment, until })
      await act(second, { do: 'second-read-in', person: one.id, compartment })
    }
    const facts = { days: 10, opensBy: 'first-call', level: 'AL1', retentionDays: 0, downtimeExtends: false }
    const flags = { mayPublish: true, findingsToIntake: true, readersNamed: true }
    for (let n = 0; n < 3; n++)
      await act(n % 2 ? officer : lead, { do: 'offer-terms', text: mark('terms'), facts: { ...facts, ...flags } })
    const { version, digest } = (await view(lead)).terms.at(-1)!
    await act(lead, { do: 'sign-terms', version, digest })
    await act(officer, { do: 'sign-terms', version, digest })
    await act(keeper, { do: 'lay-plan', plan: JSON.stringify({ rule: mark('plan') }), why: mark('why') })
    await paper(lead, 'developer-document', mark('developer'))
    await paper(keeper, 'suite', Buffer.concat([randomBytes(300_000), Buffer.from(mark('suite')), randomBytes(300_000)]))
    const made = { name: 'cli', scopes: ['docket:read', 'docket:act'] }
    token = (await post<{ secret: string }>(`${world.url}/v1/tokens`, lead.cookie, made)).body.secret
    const endpoint = { base: `https://127.0.0.1:9/${mark('address')}`, model: mark('name') }
    const key = ['docket', 'key', docket, '--base', endpoint.base, '--model', endpoint.model]
    const put = weir(key, mark('key'))
    // The key is taken; nobody answers at that address.
    assert.equal(put.status, 1, put.stdout + put.stderr)
    assert.equal((await view(lead)).endpoint?.base, endpoint.base)
    const ways = [
      [lead, 'message'],
      [officer, 'message'],
      [lead, 'joint-document'],
      [lead, 'developer-document'],
      [keeper, 'benchmark-document'],
      [keeper, 'criterion'],
      [analyst, 'result-document'],
    ] as const
    for (let n = 0; planted < 100; n++) {
      const [who, object] = ways[n % ways.length]!
      await paper(who, object, mark('paper'))
    }
    assert.match(weir(['docket', 'messages', docket, '--say', mark('said')]).stdout, /said/)
    assert.match(weir(['docket', 'list']).stdout, new RegExp(docket))
    assert.match(weir(['docket', 'show', docket]).stdout, /developer-lead/)
    assert.match(weir(['docket', 'log', docket]).stdout, /The custodian took the key/)
    const rows = Array.from({ length: 4 }, (_, n) => `${mark('task')},${mark('family')},${mark('model')},${n % 2}`)
    const table = `task_id,task_family,model,score_binarized\n${rows.join('\n')}\n`
    const imported = await ask(at('/run-sets/import?name=runs.csv'), { method: 'POST', cookie: analyst.cookie, body: table })
    assert.equal(imported.status, 201, imported.body.toString())
    const shown = await ask(at('/papers'), { cookie: lead.cookie })
    assert.ok(shown.body.toString().includes(MARK) && planted >= 100, String(planted))
    assert.ok(partner.id !== '')
  })

  test('ends with a receipt that both sides sign', async () => {
    result(await control(data, { do: 'backup', to: backup }))
    assert.match(weir(['docket', 'withdraw', docket]).stdout, /closing/)
    let digest: string | null = null
    for (let tries = 0; digest === null && tries < 600; tries++) {
      digest = (await view(lead)).closing?.receiptDigest ?? null
      if (digest === null) await pause(100)
    }
    assert.ok(digest !== null, 'no receipt in a minute')
    await act(lead, { do: 'sign-receipt', digest })
    const closed = await act(officer, { do: 'sign-receipt', digest })
    assert.equal(closed.state, 'closed')
    for (let tries = 0; tries < 600; tries++) {
      receipt = await read<DocketReceipt>(at('/receipt'), lead.cookie)
      if (receipt.ledger !== null) break
      await pause(100)
    }
    const { scan, destroyed, endpointKey } = receipt.statement
    assert.equal(scan.found, 0)
    assert.ok(scan.bytes > 1e6 && scan.files > 100 && scan.rows > 100, JSON.stringify(scan))
    assert.ok(
      destroyed['papers']! > 40 &&
        destroyed['runSets'] === 1 &&
        destroyed['attempts'] === 4 &&
        destroyed['keys'] === 5 &&
        destroyed['files']! > 0,
      JSON.stringify(destroyed),
    )
    assert.equal(endpointKey, 'erased, endpoint not reached')
    assert.ok(receipt.ledger !== null && receipt.signed.developer !== null && receipt.signed.office !== null)
    writeFileSync(join(home, 'receipt.json'), JSON.stringify(receipt))
    verifier = (await read<{ ledger: { key: string } }>(`${world.url}/v1/public`)).ledger.key
    said = world.server.said()
    await world.server.stop()
  })

  test('gives a receipt that anybody can verify without a server, and that no change survives', () => {
    const file = join(home, 'receipt.json')
    const check = (path: string) =>
      runCli(['docket', 'receipt', 'verify', path, '--key', verifier, '--state', join(home, 'heads')])
    const held = check(file)
    assert.equal(held.status, 0, held.stdout + held.stderr)
    assert.match(held.stdout, /the log holds it/)
    const changed = join(home, 'changed.json')
    writeFileSync(changed, JSON.stringify({ ...receipt, statement: { ...receipt.statement, why: 'ended' } }))
    assert.equal(check(changed).status, 1)
  })

  test('is found in no byte of data, keys, custody, logs and the backup made before', () => {
    const scanned = scanPath(home, MARK)
    assert.deepEqual(scanned.leaks, [])
    assert.ok(scanned.files > 200 && scanned.bytes > 10e6, `${scanned.files} files, ${scanned.bytes} bytes`)
    assert.ok(!said.includes(MARK))
  })

  test('cannot be opened from the old backup, even beside the same keys', async () => {
    const again = join(home, 'again')
    const keeper = await startServerProcess({ data: again, maintenance: true, env })
    result(await control(again, { do: 'restore', from: backup }))
    await keeper.stop()
    world = await openWorld({ data: again, quiet: true, env })
    for (const path of [`/v1/dockets/${docket}`, `/v1/dockets/${docket}/papers`, `/v1/dockets/${docket}/log`, '/v1/dockets']) {
      const answer = await ask(world.url + path, { cookie: lead.cookie })
      assert.ok(!answer.body.toString().includes(MARK) && answer.status < 500, `${path} ${answer.status}`)
    }
    assert.equal((await ask(`${world.url}/v1/dockets/${docket}`, { cookie: lead.cookie })).status, 404)
    await world.server.stop()
    assert.deepEqual(scanPath(again, MARK).leaks, [])
  })
})
