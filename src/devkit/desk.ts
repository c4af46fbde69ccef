import { randomBytes } from 'node:crypto'
import type { Finding } from '../core/findings/finding.ts'
import type { NeedsCode } from '../core/findings/refusal.ts'
import type { Id } from '../core/kernel/id.ts'
import { instant } from '../core/kernel/instant.ts'
import { BLANK } from '../formats/blank-finding.ts'
import type { ParsedItem } from '../formats/format.ts'
import { groupSome } from '../server/app/clustering/group-some.ts'
import { type IntakeMacs, intakeMacs } from '../server/app/findings/macs.ts'
import { type OpenReport, openReport } from '../server/app/findings/open-report.ts'
import { prepare } from '../server/app/findings/prepare.ts'
import { type Defaults, NO_DEFAULTS, type Sender } from '../server/app/findings/sender.ts'
import { type Intake, type Taken, takeIn } from '../server/app/findings/take-in.ts'
import { startClock } from '../server/ledger/close-interval.ts'
import { organisationNamed } from './members.ts'
import { memoryBlobs } from './memory-blobs.ts'
import type { FreshDatabase } from './pg.ts'

/** Intake and grouping on a database of their own, without doors: the clock stands until it is turned, jobs are only noted. */
export interface TestDesk {
  readonly intake: Intake
  readonly macs: IntakeMacs
  readonly time: { now: number }
  /** Names of the jobs that transactions enqueued, also of those that did not commit. */
  readonly jobs: string[]
  sender(organisation: string, more?: Partial<Sender>): Promise<Sender>
  open(sender: Sender, key?: string): Promise<OpenReport>
  /** Takes a batch in as an upload of its own where no report is given. */
  take(
    sender: Sender,
    items: readonly ParsedItem[],
    more?: { report?: OpenReport; intake?: Intake; defaults?: Defaults },
  ): Promise<Taken[]>
  /** Groups whatever waits; returns how many findings did. */
  group(most?: number): Promise<number>
}

export async function openDesk({ store, keys }: Pick<FreshDatabase, 'store' | 'keys'>): Promise<TestDesk> {
  const time = { now: Date.UTC(2026, 10, 20, 9) }
  const jobs: string[] = []
  const queue: Intake['queue'] = {
    async send(_tx, name) {
      jobs.push(name)
    },
    async work() {},
    async stop() {},
  }
  const intake: Intake = {
    store,
    keys,
    blobs: memoryBlobs(),
    queue,
    clock: () => instant(time.now),
    random: (length) => randomBytes(length),
  }
  const macs = intakeMacs(keys.secret('index'))
  await startClock(store, time.now)
  let uploads = 0
  const open = (sender: Sender, key = `upload-${++uploads}`) => openReport(intake, sender, key, 'weir', null, macs)
  return {
    intake,
    macs,
    time,
    jobs,
    open,
    async sender(name, more = {}) {
      const organisation = (await organisationNamed(intake, name)) as Id<'organisation'>
      return { organisation, person: null, anonymous: false, quota: 1e9, actor: `organisation:${organisation}`, ...more }
    },
    async take(sender, items, { report, intake: other = intake, defaults = NO_DEFAULTS } = {}) {
      const opened = report ?? (await open(sender))
      const prepared = items.map((item, n) => prepare(item, n, sender, opened.uploadKey, defaults, macs))
      return await takeIn(other, sender, opened, prepared)
    },
    async group(most = 500) {
      let all = 0
      for (;;) {
        const { grouped } = await groupSome(intake, macs, most)
        if (grouped === 0) return all
        all += grouped
      }
    },
  }
}

/** A finding as a reader hands it over. Its bytes are its own JSON, so equal claims are equal items. */
export function item(
  claim: Partial<Finding>,
  more: { key?: string; needs?: readonly NeedsCode[]; at?: string } = {},
): ParsedItem {
  const raw = Buffer.from(JSON.stringify(claim))
  const finding = { ...BLANK, ...claim }
  const needs = more.needs ?? (finding.target === null ? (['needs.target'] as const) : [])
  return { ok: true, at: more.at ?? '/findings/0', finding, raw, key: more.key ?? null, needs }
}

/** A crash in `symbol` of the package `qr`: equal symbols are surely one flaw, whatever the titles say. */
export function crashIn(symbol: string, title = `overflow in ${symbol}`, more: Partial<Finding> = {}): Partial<Finding> {
  return {
    title,
    target: { purl: 'pkg:generic/qr', repository: null, version: '1' },
    stack: [{ symbol, path: `src/${symbol}.c`, line: 3, column: null, module: null }],
    crash: { tool: 'asan', kind: 'heap-buffer-overflow', access: 'write', size: 4, address: null, signal: null },
    ...more,
  }
}
