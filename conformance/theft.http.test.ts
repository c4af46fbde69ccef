import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import type { FlawPage, FlawRow } from '../src/contract/shapes/flaw.ts'
import { ask, post, read, type Sent, send } from './door.ts'
import { type Scanned, scanPath } from './marker-scan.ts'
import { allFindings, control, grouped, openWorld, result, type World } from './world.ts'

// A thief takes the data folder, a backup or the logs. Every text field of every format, and everything people write, carries
// one marker; no byte of what is taken may tell it.

const MARK = `zqj${randomBytes(9).toString('hex')}`
let nth = 0
/** A fresh word with the marker in it, so that a leak says which field it came from. */
const mark = (field: string) => `${MARK}${field}${(nth++).toString(36)}`

let home: string
let data: string
let world: World
before(async () => {
  home = mkdtempSync(join(tmpdir(), 'weir-theft-'))
  data = join(home, 'data')
  world = await openWorld({ data, quiet: true, env: { WEIR_LOG: 'debug' } })
})
after(async () => {
  if (world.server.alive()) await world.server.stop()
  rmSync(home, { recursive: true, force: true })
})

const shared = { purl: `pkg:generic/${mark('purl')}`, path: `src/${mark('path')}.c`, symbol: mark('symbol') }

/** A finding of Weir's own format with the marker in every text. */
function finding(more: object = {}): object {
  return {
    key: mark('key'),
    title: `Overflow in ${mark('title')}`,
    text: `A long header ${mark('text')} overflows ${mark('text')} when it is parsed twice in one request of the server.`,
    target: {
      purl: shared.purl,
      repository: `https://example.org/${mark('repository')}`,
      version: mark('version'),
      [mark('extra')]: mark('extra'),
    },
    locations: [{ path: shared.path, line: 12, column: 3, symbol: shared.symbol, snippet: `${mark('snippet')}(buf, len);` }],
    weaknesses: ['CWE-787'],
    stack: [
      { symbol: shared.symbol, path: shared.path, line: 12, module: mark('module') },
      { symbol: mark('frame'), path: `src/${mark('framepath')}.c` },
    ],
    crash: { tool: 'asan', kind: mark('crash'), access: 'write', size: 4, address: mark('address'), signal: mark('signal') },
    rule: mark('rule'),
    severities: [{ kind: 'word', value: mark('severity'), by: mark('severityby') }],
    aliases: [mark('alias').toUpperCase(), mark('alias')],
    references: [`https://example.org/${mark('reference')}`],
    evidence: [
      { kind: 'reproducer', name: mark('evidence'), mediaType: `text/${mark('media')}`, content: mark('evidence') },
      {
        kind: 'crash-log',
        name: mark('evidence'),
        content: Buffer.from(mark('evidence')).toString('base64'),
        encoding: 'base64',
      },
    ],
    provenance: {
      tool: mark('tool'),
      toolVersion: mark('toolversion'),
      model: mark('model'),
      modelVersion: mark('modelversion'),
      [mark('extra')]: mark('extra'),
    },
    toolFingerprints: { [mark('print')]: mark('print') },
    [mark('unknown')]: { deep: [mark('unknown')] },
    ...more,
  }
}

const uploads: { body: () => Buffer | string; query?: Record<string, string> }[] = [
  {
    body: () => JSON.stringify({ weir: 'report/1', findings: [finding(), finding()], provenance: { tool: mark('tool') } }),
    query: { name: `${mark('filename')}.json` },
  },
  { body: () => gzipSync(JSON.stringify(finding({ crash: undefined, stack: undefined }))) },
  {
    body: () => zstdCompressSync(JSON.stringify(finding({ target: undefined }))),
    query: {
      target: `pkg:generic/${mark('default')}`,
      version: mark('default'),
      tool: mark('default'),
      model: mark('default'),
    },
  },
  {
    body: () =>
      JSON.stringify({
        version: '2.1.0',
        runs: [
          {
            tool: {
              driver: {
                name: mark('sariftool'),
                rules: [{ id: shared.symbol, shortDescription: { text: mark('rule') }, help: { text: mark('help') } }],
              },
            },
            versionControlProvenance: [{ repositoryUri: `https://example.org/${mark('repo')}` }],
            results: [
              {
                ruleId: shared.symbol,
                message: { text: `${mark('message')} is used after it was freed` },
                fingerprints: { [mark('print')]: mark('print') },
                locations: [
                  {
                    physicalLocation: {
                      artifactLocation: { uri: shared.path },
                      region: { startLine: 12, snippet: { text: mark('snippet') } },
                    },
                    logicalLocations: [{ fullyQualifiedName: shared.symbol }],
                  },
                ],
                codeFlows: [{ threadFlows: [{ locations: [{ location: { message: { text: mark('flow') } } }] }] }],
                properties: { [mark('property')]: mark('property') },
              },
              { ruleId: 7, message: mark('refused') },
            ],
          },
        ],
      }),
    query: { name: `${mark('filename')}.sarif` },
  },
  {
    body: () =>
      `noise ${mark('noise')}\n==8==ERROR: AddressSanitizer: heap-use-after-free on address 0x603000037bd0 at pc 0x5584c0e9ca18\nREAD of size 8 at 0x603000037bd0 thread T0\n    #0 0x5584c0e9ca17 in ${mark('frame')} /src/${mark('path')}.c:1663:20\n    #1 0x5584c0f42fbd in ${mark('frame')} /src/${mark('path')}.c:3944:26 (${mark('module')}+0x17e3f3)\nSUMMARY: AddressSanitizer: heap-use-after-free /src/${mark('path')}.c\n`,
    query: { format: 'crash-log', target: shared.purl },
  },
  {
    body: () =>
      JSON.stringify({
        id: mark('osv').toUpperCase(),
        summary: mark('summary'),
        details: mark('details'),
        aliases: [mark('alias')],
        affected: [{ package: { ecosystem: 'npm', name: mark('package') }, versions: [mark('version')] }],
        references: [{ type: 'WEB', url: `https://example.org/${mark('url')}` }],
        credits: [{ name: mark('credit') }],
      }),
    query: { format: 'osv' },
  },
  // Refused ones: broken, of wrong type, with keys twice, of no format, damaged in their packing.
  {
    body: () =>
      [
        `{"title":"${mark('broken')}`,
        JSON.stringify({ title: 7, text: mark('broken'), [mark('broken')]: 1 }),
        `{"${mark('twice')}":1,"${mark('twice')}":2}`,
        JSON.stringify({ evidence: [{ name: mark('broken') }] }),
      ].join('\n'),
    query: { format: 'weir-ndjson' },
  },
  { body: () => `${mark('nothing')} lovely day`, query: { name: mark('filename') } },
  { body: () => gzipSync(JSON.stringify(finding())).subarray(0, 400) },
  {
    body: () =>
      JSON.stringify([{ [mark('depth')]: JSON.parse(`${'['.repeat(90)}"${mark('depth')}"${']'.repeat(90)}`) as unknown }]),
    query: { format: 'weir' },
  },
]

async function sendMarked(cookie: string | null): Promise<Sent[]> {
  const all: Sent[] = []
  for (const { body, query } of uploads) {
    const headers = { 'x-weir': '1', 'user-agent': mark('agent'), referer: `https://example.org/${mark('referer')}` }
    all.push(await send(world.url, cookie, body(), { query: query ?? {}, key: mark('idempotency'), headers }))
  }
  await grouped(
    world,
    all.flatMap(({ answer }) => answer?.report ?? []),
  )
  return all
}

test('reports, groups, decisions and messages carry the marker through every flow', async () => {
  for (const cookie of [world.finder, world.rival, null]) {
    const sent = await sendMarked(cookie)
    const outcomes = sent.map(({ status, answer }) =>
      answer === null ? status : answer.items.map((item) => item.outcome).join(),
    )
    assert.ok(outcomes.filter((one) => /accepted|merged/.test(String(one))).length >= 6, outcomes.join(' '))
    assert.ok(
      outcomes.some((one) => /refused/.test(String(one))),
      outcomes.join(' '),
    )
  }
  // Large enough to lie on disk while it is read.
  const large = `{"weir":"report/1","findings":[${Array.from({ length: 30 }, () => JSON.stringify(finding({ text: `${mark('large')} ${'header length '.repeat(60_000)}` }))).join()}]}`
  const { answer } = await send(world.url, world.rival, large, { query: { format: 'weir' } })
  assert.equal(answer!.items.length, 30)
  await grouped(world, [answer!.report])

  const flaws = async () =>
    (await read<{ rows: FlawRow[] }>(`${world.url}/v1/flaws?tab=everything&limit=200`, world.coordinator)).rows
  const page = (id: string) => read<FlawPage>(`${world.url}/v1/flaws/${id}`, world.coordinator)
  const open = (await flaws()).filter((row) => row.state === 'open')
  const [into, from] = open
  const step = async (path: string, body: object) => {
    const { status, body: answer } = await post<FlawPage>(`${world.url}/v1/flaws/${path}`, world.coordinator, body)
    assert.equal(status, 200, `${path} ${JSON.stringify(answer).slice(0, 300)}`)
  }
  const version = async (id: string) => (await page(id)).row.version
  await step('merge', { into: into!.id, from: from!.id, version: await version(into!.id), why: mark('why') })
  const column = (await page(into!.id)).findings.at(-1)!
  await step(`${into!.id}/split`, { findings: [column.id], version: await version(into!.id), why: mark('why') })
  await step(`${into!.id}/undo`, { version: await version(into!.id) })
  await step(`${into!.id}/thread`, { text: `${mark('message')} said a person` })
  const [other] = (await read<{ rules: { id: string }[] }>(`${world.url}/v1/public`)).rules
  const judged = await post(`${world.url}/v1/flaws/${into!.id}/judgements`, world.coordinator, {
    table: other!.id,
    selections: {},
    version: await version(into!.id),
  })
  assert.equal(judged.status, 200, JSON.stringify(judged.body))
  const decisions: number[] = []
  for (const { id } of await flaws()) {
    const [suggestion] = (await page(id)).suggestions.filter((one) => one.state === 'open')
    if (suggestion === undefined) continue
    const verdict = decisions.length % 2 === 0 ? 'merge' : 'keep-apart'
    const decided = await post(`${world.url}/v1/suggestions/${suggestion.id}/decide`, world.coordinator, {
      verdict,
      why: mark('why'),
    })
    // Two that a person kept apart cannot be brought together by way of a third.
    assert.ok(decided.status === 200 || decided.status === 409, JSON.stringify(decided.body))
    decisions.push(decided.status)
  }
  assert.ok(decisions.filter((status) => status === 200).length >= 2, `decisions: ${decisions.join()}`)

  // What is asked for wrongly: the marker in addresses, searches, cursors, headers and bodies of refused requests.
  await ask(`${world.url}/v1/search?q=${mark('search')}`, { cookie: world.coordinator })
  for (const path of [
    `/v1/flaws/${mark('id')}`,
    `/v1/findings?cursor=${mark('cursor')}`,
    `/v1/receipts/${mark('id')}`,
    `/${mark('path')}`,
    `/ledger/tile/${mark('tile')}`,
  ]) {
    await ask(world.url + path, { cookie: world.coordinator })
    await ask(world.url + path, { headers: { authorization: `Bearer ${mark('token')}` } })
  }
  const wrong = { into: mark('wrong'), from: mark('wrong'), version: 1, why: mark('wrong') }
  assert.equal((await post(`${world.url}/v1/flaws/merge`, world.coordinator, wrong)).status, 404)
  await post(`${world.url}/v1/flaws/${into!.id}/judgements`, world.coordinator, {
    table: mark('wrong'),
    selections: { [mark('wrong')]: mark('wrong') },
    version: 1,
  })

  // The control: what was planted is there for those who may read it.
  const pages = await Promise.all((await flaws()).map(({ id }) => page(id)))
  assert.ok(pages.filter((one) => JSON.stringify(one.findings).includes(MARK)).length > 5)
  assert.ok((await allFindings<{ title: string }>(world.url, world.finder)).some((row) => row.title.includes(MARK)))
})

test('the scan finds the marker in every spelling where it is', () => {
  const plain = Buffer.from(`before ${MARK} after`)
  const spelled: Record<string, Buffer> = {
    plain,
    upper: Buffer.from(MARK.toUpperCase()),
    hex: Buffer.from(plain.toString('hex')),
    utf16: Buffer.from(`ab${MARK}`, 'utf16le'),
    gzip: Buffer.concat([Buffer.alloc(99), gzipSync(plain)]),
    zstd: Buffer.concat([Buffer.alloc(77), zstdCompressSync(plain)]),
    ...Object.fromEntries(
      ['', 'x', 'xy'].map((head) => [`base64${head}`, Buffer.from(Buffer.from(`${head}${MARK} tail`).toString('base64'))]),
    ),
  }
  for (const [name, bytes] of Object.entries(spelled)) {
    const path = join(home, `control-${name}`)
    writeFileSync(path, Buffer.concat([randomBytes(5000), bytes, randomBytes(5000)]))
    assert.notDeepEqual(scanPath(path, MARK).leaks, [], name)
    rmSync(path)
  }
  assert.deepEqual(scanPath(home, randomBytes(12).toString('hex')).leaks, [])
})

test('a backup tells nothing of what was planted', async (t) => {
  const file = join(home, 'weir.backup')
  const done = result(await control(data, { do: 'backup', to: file }))
  assert.ok(readFileSync(file).length > 10_000, JSON.stringify(done))
  tellsNothing(t, scanPath(file, MARK))
})

test('neither the data folder, with its records, write-ahead log and ledger, nor the key folder tells anything', async (t) => {
  await world.server.stop()
  const scanned = scanPath(data, MARK)
  assert.ok(scanned.files > 500 && scanned.bytes > 20 << 20, `${scanned.files} files, ${scanned.bytes} bytes`)
  tellsNothing(t, scanned)
  tellsNothing(t, scanPath(`${data}-keys`, MARK))
})

test('nothing that was planted is in the logs', () => {
  const said = world.server.said()
  assert.ok(said.includes('"event":"ready"'))
  assert.ok(!said.toLowerCase().includes(MARK), said.slice(Math.max(0, said.toLowerCase().indexOf(MARK) - 300)).slice(0, 600))
})

function tellsNothing(t: { diagnostic(line: string): void }, scanned: Scanned): void {
  t.diagnostic(`${scanned.files} files, ${(scanned.bytes / 2 ** 20).toFixed(1)} MiB`)
  assert.deepEqual(scanned.leaks, [])
}
