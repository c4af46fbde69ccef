import { setTimeout as sleep } from 'node:timers/promises'
import { VERSION } from '../formats/weir/words.ts'
import { receive } from '../server/app/findings/receive.ts'
import { NO_DEFAULTS } from '../server/app/findings/sender.ts'
import type { Desks } from '../server/http/desks.ts'
import { inTransaction } from '../server/store/connection.ts'
import type { People } from './case-cast.ts'
import { PATCH, type ScriptedFinding } from './case-script.ts'
import { must } from './docket-cast.ts'
import type { Past } from './past.ts'

const EMAILS = {
  halyard: 'sunniva.rask@halyard.example',
  tern: 'desmond.achterberg@tern.example',
  kittiwake: 'mira.okonjo@kittiwake.example',
} as const
const PATIENCE_MS = 30_000
const LOOK_MS = 100

/** Who sends a scripted finding. */
export const finderOf = ({ finder }: Pick<ScriptedFinding, 'finder'>): string => EMAILS[finder]

/** Sends the scripted findings as their finders do, each on its day, and answers the flaw of each once all are grouped. */
export async function seedFindings(
  desks: Pick<Desks, 'intake' | 'macs' | 'cases' | 'senderOf'>,
  people: People,
  past: Past,
  scripted: readonly ScriptedFinding[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const findings = new Map<string, string>()
  for (const one of scripted) {
    const intake = { ...desks.intake, clock: past.again(one.days).on(desks.cases).clock }
    const sender = desks.senderOf(people(finderOf(one)))
    const upload = { name: null, key: one.key, format: 'weir', defaults: NO_DEFAULTS, limit: 1 << 20, mostItems: 10 } as const
    const received = must(await receive(intake, sender, { ...upload, source: bytesOf(one) }, desks.macs, () => {}), 'a report')
    for await (const batch of received.answers)
      for (const { answer } of batch) {
        const row = await inTransaction(desks.intake.store, 'all', ({ db }) =>
          db
            .selectFrom('receipt')
            .select('finding_id')
            .where('id', '=', answer.receipt ?? '')
            .executeTakeFirst(),
        )
        if (row?.finding_id) findings.set(one.key, row.finding_id)
      }
    if (!findings.has(one.key)) throw new Error(`${one.key} was not taken in`)
  }
  return await flawsOf(desks, findings, signal)
}

async function flawsOf({ intake }: Pick<Desks, 'intake'>, findings: ReadonlyMap<string, string>, signal: AbortSignal) {
  const until = performance.now() + PATIENCE_MS
  for (;;) {
    const rows = await inTransaction(intake.store, 'all', ({ db }) =>
      db
        .selectFrom('member')
        .select(['finding_id', 'flaw_id'])
        .where('finding_id', 'in', [...findings.values()])
        .execute(),
    )
    const grouped = new Map(rows.map((row) => [row.finding_id, row.flaw_id]))
    if (grouped.size === findings.size) return new Map([...findings].map(([key, id]) => [key, grouped.get(id)!]))
    if (performance.now() > until) throw new Error('the findings of the cases were not grouped')
    await sleep(LOOK_MS, undefined, { signal })
  }
}

async function* bytesOf(one: ScriptedFinding): AsyncGenerator<Uint8Array> {
  const { title, text, purl, version, path, symbol, weakness, vector, key } = one
  const crash = {
    kind: 'reproducer',
    name: 'input.bin',
    mediaType: 'application/octet-stream',
    content: 'AAECAwQFBgc=',
    encoding: 'base64',
  }
  const patch = { kind: 'patch', name: 'fix.diff', mediaType: 'text/x-diff', content: PATCH, encoding: 'utf8' }
  const finding = {
    key,
    title,
    text,
    target: { purl, version },
    locations: [{ path, symbol, line: 40 + title.length }],
    weaknesses: [weakness],
    severities: [{ kind: 'cvss-3.1', value: vector }],
    evidence: [...(one.proof ? [crash] : []), ...(one.patch ? [patch] : [])],
    provenance: { tool: 'long-read', aiAssisted: one.finder !== 'kittiwake', humanValidated: true },
  }
  yield new TextEncoder().encode(JSON.stringify({ weir: VERSION, findings: [finding] }))
}
