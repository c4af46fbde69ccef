import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { get } from 'node:http'
import { after, before, test } from 'node:test'
import { seeded } from '../bench/shapes.ts'
import type { FlawRow } from '../src/contract/shapes/flaw.ts'
import type { Tally } from '../src/contract/shapes/public.ts'
import type { FindingRow, ReceiptStatus } from '../src/contract/shapes/report.ts'
import { ask, read, type Sent, send } from './door.ts'
import { differs } from './rank-sum.ts'
import { allFindings, grouped, openWorld, pause, release, type World } from './world.ts'

// What one finder can learn of what another holds. The rival sends items of one shape; the half of them that a seeded coin
// chose matches surely what the finder sent before. Whatever the rival can then see must be the same for both halves.

let world: World
let tallyBefore: Tally['steps']
before(async () => {
  world = await openWorld()
  tallyBefore = (await read<Tally>(`${world.url}/v1/public`)).steps
})
after(async () => await world.server.stop())

const PAIRS = 60
const word = (n: number) =>
  `${String.fromCharCode(97 + (n % 26), 97 + (Math.floor(n / 26) % 26), 97 + (Math.floor(n / 676) % 26))}`

/** One crash, the same for everyone who sends that number; all numbers give items of the same length. */
function crash(n: number, round: string, who: string): string {
  const [a, b, c] = [word(n * 31 + 7), word(n * 17 + 3), word(n * 13 + 11)]
  const frame = (symbol: string, file: string, line: number) => ({ symbol, path: `src/${round}/${file}.c`, line })
  return JSON.stringify({
    key: `${who}-${round}-${String(n).padStart(6, '0')}`,
    title: `Overflow in ${a}_${b}_${word(n)}`,
    text: `${who} saw a long header overflow the buffer of ${a}_${b}_${word(n)}.`,
    target: { purl: `pkg:generic/${round}-daemon` },
    weaknesses: ['CWE-787'],
    stack: [
      frame(`${a}_${b}_${word(n)}`, `${a}${word(n)}`, 120),
      frame(`${b}_${c}_${word(n)}`, `${b}${word(n)}`, 340),
      frame(`${c}_${a}_${word(n)}`, `${c}${word(n)}`, 560),
    ],
    crash: { tool: 'asan', kind: 'heap-buffer-overflow', access: 'write', size: 4 },
  })
}

interface Probe {
  readonly n: number
  readonly matches: boolean
  readonly sent: Sent
  readonly ms: number
}

/** The finder sends what the coin chose; then the rival sends everything, one by one. */
async function probe(round: string, count: number): Promise<Probe[]> {
  const random = seeded(Number.parseInt(round, 36))
  const coin = Array.from({ length: count * 2 }, (_, n) => ({ n, order: random() })).sort((x, y) => x.order - y.order)
  const held = new Set(coin.slice(0, count).map(({ n }) => n))
  const theirs = [...held].map((n) => crash(n, round, 'halyard')).join('\n')
  const first = await send(world.url, world.finder, theirs, { query: { format: 'weir-ndjson' }, key: `held-${round}` })
  assert.equal(first.answer!.counts.accepted, count)
  await grouped(world, [first.answer!.report])
  const probes: Probe[] = []
  for (let n = 0; n < count * 2; n++) {
    const body = crash(n, round, 'terntan')
    const from = performance.now()
    const sent = await send(world.url, world.rival, body, {
      query: { format: 'weir-ndjson' },
      key: `probe-${round}-${String(n).padStart(6, '0')}`,
    })
    probes.push({ n, matches: held.has(n), sent, ms: performance.now() - from })
  }
  await grouped(
    world,
    probes.map(({ sent }) => sent.answer!.report),
  )
  return probes
}

const halves = (probes: readonly Probe[]) =>
  [probes.filter((one) => one.matches), probes.filter((one) => !one.matches)] as const

/** Ids, instants and what the sender wrote itself are told apart by nature; everything else must be the same text. */
function mask(text: string): string {
  return text
    .replaceAll(/\b(rpt|rcp|fnd|flw|org|per)_[0-9a-z]{24}\b/g, (_, kind: string) => `${kind}_${'x'.repeat(24)}`)
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'T')
    .replaceAll(/\b[a-z]{3}_[a-z]{3}_[a-z]{3}\b/g, 'abc_abc_abc')
}

let probes: Probe[]

test('a match with another organisation is answered with the same status, headers, keys and bytes', async () => {
  probes = await probe('aa', PAIRS)
  const shapes = probes.map(({ sent }) => {
    const headers = { ...sent.headers, date: '' }
    return JSON.stringify([sent.status, headers, sent.body.length, mask(sent.body.toString())])
  })
  assert.equal(new Set(shapes).size, 1, [...new Set(shapes)].slice(0, 2).join('\n'))
  assert.equal(probes[0]!.sent.answer!.items[0]!.outcome, 'accepted')
  // The control: the coordinator sees that exactly the chosen half did match.
  const { rows } = await read<{ rows: FlawRow[] }>(`${world.url}/v1/flaws?tab=everything&limit=200`, world.coordinator)
  assert.equal(rows.filter((row) => row.finders === 2).length, PAIRS)
  assert.equal(rows.filter((row) => row.finders === 1).length, PAIRS)
})

test('lists, receipts, reports and progress say the same of both halves', async () => {
  const findings = new Map((await allFindings<FindingRow>(world.url, world.rival)).map((row) => [row.receipt, row]))
  const { rows: reports } = await read<{ rows: { id: string }[] }>(`${world.url}/v1/reports`, world.rival)
  const { rows: progress } = await read<{ rows: { report: string; perSecond: number }[] }>(
    `${world.url}/v1/intake`,
    world.rival,
  )
  const views = await Promise.all(
    probes.map(async ({ sent }) => {
      const item = sent.answer!.items[0]!
      const finding = findings.get(item.receipt!)!
      const proof = await proofOf(item.receipt!)
      const status = await read<ReceiptStatus>(`${world.url}/v1/receipts/${item.receipt}`)
      const own = { own: finding.group === finding.receipt, ...finding }
      const report = await read<object>(`${world.url}/v1/reports/${sent.answer!.report}`, world.rival)
      return mask(JSON.stringify([own, { ...status, ledger: status.ledger.state }, report, proof]))
    }),
  )
  assert.equal(new Set(views).size, 1, [...new Set(views)].slice(0, 2).join('\n'))
  assert.ok(views[0]!.includes('"state":"received"'), views[0])
  // What a list leaves out for its length must be left out by age, not by kind.
  assert.equal(reports.length, Math.min(100, 2 * PAIRS))
  const lines = progress.map((row) => mask(JSON.stringify({ ...row, perSecond: 0 })))
  assert.equal(new Set(lines).size, 1, [...new Set(lines)].join('\n'))
})

/** The proof's shape: names and lengths, as its digests are random. */
async function proofOf(receipt: string): Promise<unknown> {
  for (let tries = 0; tries < 300; tries++) {
    const reply = await ask(`${world.url}/v1/receipts/${receipt}/proof`)
    if (reply.status === 200) {
      const proof = JSON.parse(reply.body.toString()) as { innerPath: string[]; statement: object }
      return [Object.keys(proof), Object.keys(proof.statement), proof.innerPath.map((hash) => hash.length)]
    }
    await pause(100)
  }
  throw new Error('no proof in half a minute')
}

test('public counts stand still, and the counters of the process move alike', async () => {
  assert.deepEqual((await read<Tally>(`${world.url}/v1/public`)).steps, tallyBefore)
  const counters = async () => {
    const text = (await ask(`${world.url}/metrics`)).body.toString()
    const own = text.split('\n').filter((line) => /^weir_(intake|findings|flaws)_\w+/.test(line))
    return new Map(own.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]))
  }
  const deltas: string[] = []
  for (const known of [true, false]) {
    const n = 5000 + (known ? 0 : 1)
    if (known) await sendOne(world.finder, crash(n, 'ab', 'halyard'))
    const from = await counters()
    await sendOne(world.rival, crash(n, 'ab', 'terntan'))
    const to = await counters()
    deltas.push(JSON.stringify([...to].map(([name, value]) => [name, value - (from.get(name) ?? 0)])))
  }
  assert.equal(deltas[0], deltas[1])
})

async function sendOne(cookie: string | null, body: string): Promise<Sent> {
  const headers = { 'x-weir': '1' }
  const sent = await send(world.url, cookie, body, { query: { format: 'weir-ndjson' }, headers })
  assert.equal(sent.status, 200, sent.body.toString())
  await grouped(world, [sent.answer!.report])
  return sent
}

test('the event stream tells a finder of its own uploads only, and of both halves alike', async () => {
  const events: { name: string; data: Record<string, unknown> }[] = []
  const heard = Promise.withResolvers<void>()
  const following = get(`${world.url}/v1/events`, { headers: { cookie: world.rival } }, (answer) => {
    heard.resolve()
    let text = ''
    answer.on('data', (part: Buffer) => {
      text += part.toString()
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const block = text.slice(0, end)
        text = text.slice(end + 2)
        const data = /^data: (.*)$/m.exec(block)?.[1]
        if (data !== undefined) events.push({ name: /^event: (.*)$/m.exec(block)?.[1] ?? '', data: JSON.parse(data) })
      }
    })
  })
  following.on('error', heard.reject)
  try {
    await heard.promise
    const theirs = await sendOne(world.finder, crash(6000, 'ac', 'halyard'))
    const match = await sendOne(world.rival, crash(6000, 'ac', 'terntan'))
    const fresh = await sendOne(world.rival, crash(6001, 'ac', 'terntan'))
    const last = (sent: Sent) => events.filter((event) => event.data['report'] === sent.answer!.report).at(-1)?.data
    for (let tries = 0; tries < 300 && [match, fresh].some((sent) => last(sent)?.['stage'] !== 'done'); tries++)
      await pause(100)
    // What was wrongly streamed of somebody else's would come after it, if at all.
    await pause(500)
    assert.deepEqual([...new Set(events.map((event) => event.name))], ['intake'])
    assert.ok(!JSON.stringify(events).includes(theirs.answer!.report), 'an upload of another organisation was streamed')
    const view = (sent: Sent) => mask(JSON.stringify({ ...last(sent), perSecond: 0 }))
    assert.equal(view(match), view(fresh))
    assert.equal(last(match)?.['stage'], 'done')
  } finally {
    following.destroy()
  }
})

test('what is not mine and what does not exist are answered with the same bytes', async () => {
  const { rows: flaws } = await read<{ rows: FlawRow[] }>(`${world.url}/v1/flaws?tab=everything&limit=1`, world.coordinator)
  const { rows: findings } = await read<{ rows: FindingRow[] }>(`${world.url}/v1/findings?limit=1`, world.finder)
  const unknown = (kind: string) => `${kind}_${randomBytes(24).toString('hex').slice(0, 24)}`
  const paths = [
    ...[flaws[0]!.id, unknown('flw'), 'flw_1', '%00', 'x'.repeat(300)].map((id) => `/v1/flaws/${id}`),
    ...[flaws[0]!.id, unknown('flw')].map((id) => `/v1/flaws/${id}/thread`),
    ...[findings[0]!.id, unknown('fnd'), 'fnd'].map((id) => `/v1/findings/${id}`),
    ...[findings[0]!.report, unknown('rpt'), 'rpt'].map((id) => `/v1/reports/${id}`),
    ...[unknown('rcp'), findings[0]!.id, 'rcp_', '..%2f..%2fetc'].flatMap((id) => [
      `/v1/receipts/${id}`,
      `/v1/receipts/${id}/proof`,
    ]),
    '/v1/flaws',
    '/v1/search?q=overflow',
    '/v1/no-such-thing',
  ]
  const answers = await Promise.all(paths.map((path) => ask(world.url + path, { cookie: world.rival })))
  const seen = answers.map(({ status, headers, body }) => JSON.stringify([status, { ...headers, date: '' }, body.toString()]))
  for (const [i, text] of seen.entries()) assert.equal(text, seen[0], paths[i])
  assert.equal(answers[0]!.status, 404)
  const writes = [flaws[0]!.id, unknown('flw')].map((into) => ({ into, from: unknown('flw'), version: 1 }))
  const refused = await Promise.all(
    writes.map((body) =>
      ask(`${world.url}/v1/flaws/merge`, { method: 'POST', cookie: world.rival, body: JSON.stringify(body) }),
    ),
  )
  for (const { body } of refused) assert.equal(body.toString(), answers[0]!.body.toString())
})

test('a list filtered by a report of another organisation is as empty as one of a report that is not there', async () => {
  const { rows } = await read<{ rows: FindingRow[] }>(`${world.url}/v1/findings?limit=1`, world.finder)
  const other = await ask(`${world.url}/v1/findings?report=${rows[0]!.report}`, { cookie: world.rival })
  const none = await ask(`${world.url}/v1/findings?report=rpt_000000000000000000000000`, { cookie: world.rival })
  assert.equal(other.body.toString(), none.body.toString())
})

test('ids say neither order nor number', () => {
  const ids = probes.map(({ sent }) => sent.answer!.items[0]!.receipt!.slice(4))
  assert.equal(new Set(ids).size, ids.length)
  assert.notDeepEqual([...ids].sort(), ids)
  for (let place = 0; place < 24; place++) {
    assert.ok(new Set(ids.map((id) => id[place])).size >= 16, `place ${place} of an id hardly changes`)
  }
})

test('strangers learn nothing of each other, nor of anyone else', async () => {
  const bodies = [crash(1, 'aa', 'strange'), crash(8000, 'aa', 'strange')]
  const answers = []
  for (const body of [...bodies, ...bodies]) answers.push(await sendOne(null, body))
  const shapes = answers.map(({ status, body }) => JSON.stringify([status, body.length, mask(body.toString())]))
  assert.equal(new Set(shapes).size, 1, [...new Set(shapes)].join('\n'))
  const states = await Promise.all(
    answers.map(async ({ answer }) =>
      mask(JSON.stringify(await read(`${world.url}/v1/receipts/${answer!.items[0]!.receipt}`))),
    ),
  )
  assert.equal(new Set(states.map((text) => text.replace(/"ledger":.*$/, ''))).size, 1, states.join('\n'))
})

test('a released finding is known already to its sender, and to nobody before', async () => {
  const [match] = halves(probes)[0]
  const { receipt, finding } = match!.sent.answer!.items[0]!
  const state = async () => (await read<ReceiptStatus>(`${world.url}/v1/receipts/${receipt}`)).state
  assert.equal(await state(), 'received')
  const early = await ask(`${world.url}/v1/findings/${finding}/release`, { method: 'POST', cookie: world.rival, body: '{}' })
  assert.equal(early.status, 404)
  assert.equal(await state(), 'received')
  await release(world, finding!)
  assert.equal(await state(), 'known-already')
  const rows = await allFindings<FindingRow>(world.url, world.rival)
  assert.deepEqual(
    rows.filter((row) => row.state === 'known-already').map((row) => row.id),
    [finding],
  )
  // Of a finding that nobody else holds nothing untrue is told: the release is refused.
  const fresh = halves(probes)[1].at(-1)
  await assert.rejects(release(world, fresh!.sent.answer!.items[0]!.finding!), /409/)
  assert.equal(
    (await read<ReceiptStatus>(`${world.url}/v1/receipts/${fresh!.sent.answer!.items[0]!.receipt}`)).state,
    'received',
  )
})

test('the time of an answer does not tell a match from none', async (t) => {
  // Two-sided rank sum of 60 against 60 in an order that a seeded coin chose. Noise alone passes p < 0.001 once in a thousand
  // runs, so a difference counts only when three fresh rounds in a row show it with the same sign.
  const signs: number[] = []
  for (const round of ['aa', 'ba', 'bb']) {
    const [match, fresh] = halves(round === 'aa' ? probes : await probe(round, PAIRS))
    const { z, p } = differs(
      match.map(({ ms }) => ms),
      fresh.map(({ ms }) => ms),
    )
    const median = (some: readonly Probe[]) =>
      some
        .map(({ ms }) => ms)
        .sort((x, y) => x - y)
        [some.length >> 1]!.toFixed(2)
    t.diagnostic(`median ${median(match)} ms with a match, ${median(fresh)} ms without: z ${z.toFixed(2)}, p ${p.toFixed(3)}`)
    if (p >= 0.001) return
    signs.push(Math.sign(z))
  }
  assert.equal(new Set(signs).size, 2, 'answers to a match take a different time, three times in a row')
})
