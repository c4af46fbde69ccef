import type { ItemAnswer } from '../../../contract/shapes/report.ts'
import { newId } from '../../../core/kernel/id.ts'
import type { Instant } from '../../../core/kernel/instant.ts'
import type { Ground } from '../../ground.ts'
import type { Queue } from '../../jobs/queue.ts'
import { type OpenInterval, openInterval } from '../../ledger/open-interval.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { copyRows } from '../../store/copy.ts'
import type { DataKey } from '../../store/keys/key-store.ts'
import { sealBody } from './body.ts'
import { type EarlierItems, earlierItems } from './earlier.ts'
import { answerEarlier, answerKept, answerOverQuota, answerRefused } from './item-answer.ts'
import type { OpenReport } from './open-report.ts'
import { NO_GROUPS, type OwnGroups, ownGroups, sureKeys } from './own-groups.ts'
import type { Claim, Prepared } from './prepare.ts'
import { takeQuota } from './quota.ts'
import { FINDING, type FindingRow, QUEUE, RECEIPT, type ReceiptRow } from './rows.ts'
import { sealFinding, sealNote } from './sealing.ts'
import type { Sender } from './sender.ts'
import { statementOf } from './statement.ts'

/** An answer, and the group of its sender's own items it belongs to (what they may count as one flaw). */
export interface Taken {
  readonly answer: ItemAnswer
  readonly group: string | null
}

export interface Intake extends Ground {
  readonly queue: Queue
}

/** Everything one batch leans on, read once at its start. */
interface Desk {
  readonly intake: Intake
  readonly sender: Sender
  readonly report: OpenReport
  readonly interval: OpenInterval
  readonly earlier: EarlierItems
  readonly groups: OwnGroups
  readonly now: Instant
  readonly receipts: ReceiptRow[]
  readonly findings: { readonly row: Omit<FindingRow, 'body'>; readonly claim: Claim; readonly key: DataKey }[]
}

/**
 * Takes in one batch of items: all of it in one transaction, or none. The answer leans on nothing but what this sender's own
 * organisation sent: grouping with others happens later, elsewhere, so that neither bytes nor time can tell of them.
 */
export async function takeIn(intake: Intake, sender: Sender, report: OpenReport, items: readonly Prepared[]): Promise<Taken[]> {
  if (items.length === 0) return []
  return await inTransaction(
    intake.store,
    { organisation: sender.organisation },
    async (tx) => {
      const claims = items.flatMap((item) => item.claim ?? [])
      // The clock is read once the interval is held open, so that no item is older than the interval that proves it.
      const interval = await openInterval(tx, intake.keys)
      const desk: Desk = {
        intake,
        sender,
        report,
        now: intake.clock(),
        interval,
        earlier: await earlierItems(tx, sender.organisation, items),
        groups: sender.anonymous ? NO_GROUPS : await ownGroups(tx, sender.organisation, claims),
        receipts: [],
        findings: [],
      }
      const unseen = items.filter((item) => desk.earlier.find(item) === null)
      // Refused items leave a row too: without a share of the quota they could fill the disk. The same one twice counts once.
      const wanted = new Set(unseen.map((item) => item.contentDigest.toString('latin1'))).size
      const room = { left: await takeQuota(tx, sender, wanted, desk.now) }
      const claimed = unseen.filter((item) => item.claim !== null).length
      const keys = (await intake.keys.allocate(Math.min(claimed, room.left)))[Symbol.iterator]()
      const answers = items.map((item) => takeOne(desk, item, keys, room))
      await storeBatch(tx, desk)
      return answers
    },
    'by-key',
  )
}

function takeOne(desk: Desk, item: Prepared, keys: Iterator<DataKey>, room: { left: number }): Taken {
  const earlier = desk.earlier.find(item)
  if (earlier !== null) return { answer: answerEarlier(item, earlier, desk.report), group: earlier.own_group }
  // Over quota nothing is stored: the same item may come again tomorrow.
  if (room.left <= 0)
    return { answer: item.refusal === null ? answerOverQuota(item) : answerRefused(item, null, item.refusal), group: null }
  room.left--
  if (item.refusal !== null) {
    const row = refusedRow(desk, item)
    desk.receipts.push(row)
    desk.earlier.add(item, row)
    return { answer: answerRefused(item, row, item.refusal), group: null }
  }
  const next = keys.next()
  if (next.done || item.claim === null) return { answer: answerOverQuota(item), group: null }
  const { receipt, finding } = keptRows(desk, item, item.claim, next.value)
  desk.receipts.push(receipt)
  desk.findings.push({ row: finding, claim: item.claim, key: next.value })
  desk.earlier.add(item, receipt)
  return { answer: answerKept(item, receipt, desk.sender.anonymous), group: receipt.own_group }
}

function baseRow(desk: Desk, item: Prepared, id: string) {
  return {
    organisation_id: desk.sender.organisation,
    id,
    report_id: desk.report.id,
    n: item.n,
    content_digest: item.contentDigest,
    key_digest: item.keyDigest,
    key_slot: desk.report.slot,
    received_at: desk.now,
    finding_id: null,
    same_receipt: null,
    own_group: null,
    needs: [],
    code: null,
    note: null,
    interval_index: null,
    position: null,
    commitment: null,
  }
}

function refusedRow(desk: Desk, item: Prepared): ReceiptRow {
  const id = newId('receipt', desk.intake.random)
  return {
    ...baseRow(desk, item, id),
    outcome: 'refused',
    code: item.refusal!.code,
    note: sealNote(desk.intake, desk.report, id, item.refusal!),
  }
}

function keptRows(
  desk: Desk,
  item: Prepared,
  claim: Claim,
  key: DataKey,
): { receipt: ReceiptRow; finding: Omit<FindingRow, 'body'> } {
  const { intake, sender } = desk
  const id = newId('receipt', intake.random)
  const finding = newId('finding', intake.random)
  const same = desk.groups.find(claim)
  const group = same?.group ?? id
  desk.groups.add(claim, { receipt: id, group })
  const commitment = desk.interval.commit(id, statementOf(id, desk.now, claim.raw))
  const outcome = same !== null ? 'merged' : claim.needs.length > 0 ? 'needs-info' : 'accepted'
  return {
    receipt: {
      ...baseRow(desk, item, id),
      outcome,
      finding_id: finding,
      same_receipt: same?.receipt ?? null,
      own_group: group,
      needs: [...claim.needs],
      interval_index: desk.interval.index,
      position: commitment.position,
      commitment: commitment.bytes,
    },
    finding: {
      target_key: claim.targetKey,
      id: finding,
      organisation_id: sender.organisation,
      report_id: desk.report.id,
      receipt_id: id,
      key_slot: key.slot,
      received_at: desk.now,
      state: claim.needs.length > 0 ? 'needs-info' : 'received',
      ...sealFinding(intake, key.key, finding, claim),
    },
  }
}

async function storeBatch(tx: Tx, desk: Desk): Promise<void> {
  const { intake, sender, report } = desk
  await copyRows(tx, 'receipt', RECEIPT, desk.receipts)
  const findings: FindingRow[] = []
  for (const { row, claim, key } of desk.findings) findings.push({ ...row, body: await sealBody(intake, key, row.id, claim) })
  await copyRows(tx, 'finding', FINDING, findings)
  await copyRows(
    tx,
    'cluster_queue',
    QUEUE,
    desk.findings.map(({ row }) => ({ target_key: row.target_key, finding_id: row.id, report_id: report.id })),
  )
  const sure = desk.findings.flatMap(({ row, claim }) => sureKeys(claim).map((digest) => ({ row, digest })))
  await tx.client.query(
    `insert into sure_key (target_key, digest, organisation_id, finding_id)
     select t, d, $3, f from unnest($1::bytea[], $2::bytea[], $4::text[]) as k(t, d, f) on conflict do nothing`,
    [sure.map((key) => key.row.target_key), sure.map((key) => key.digest), sender.organisation, sure.map((key) => key.row.id)],
  )
  if (desk.receipts.length === 0) return
  const count = (outcome: string) => desk.receipts.filter((row) => row.outcome === outcome).length
  await tx.client.query(
    `update report set taken = taken + $3, accepted = accepted + $4, merged = merged + $5, needs_info = needs_info + $6, refused = refused + $7, version = version + 1
     where organisation_id = $1 and id = $2`,
    [
      sender.organisation,
      report.id,
      desk.receipts.length,
      count('accepted'),
      count('merged'),
      count('needs-info'),
      count('refused'),
    ],
  )
  if (desk.findings.length > 0) await intake.queue.send(tx, 'cluster', { report: report.id })
}
