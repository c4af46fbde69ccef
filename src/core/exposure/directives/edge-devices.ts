import { DAY, type Instant, instant } from '../../kernel/instant.ts'

/** BOD 26-02 as data: what is due of end-of-support edge devices, in whole calendar months after its issue. */
export const BOD_26_02 = {
  id: 'bod-26-02',
  version: '1.0.0',
  name: 'CISA BOD 26-02, Mitigating Risk From End-of-Support Edge Devices',
  source: 'CISA BOD 26-02, 5 February 2026',
  issued: instant(Date.UTC(2026, 1, 5)),
  binds: 'Federal Civilian Executive Branch agencies.',
  rows: [
    {
      step: 'list',
      months: 3,
      of: 'listed',
      says: 'Inventory the devices that stand on CISA’s list of end-of-support edge devices, and report them.',
    },
    { step: 'remove-listed', months: 12, of: 'listed', says: 'Remove the devices that stand on the list from the network.' },
    { step: 'remove-all', months: 18, of: 'all', says: 'Remove every end-of-support edge device from the network.' },
    {
      step: 'discover',
      months: 24,
      of: 'organisation',
      says: 'Have a process that keeps finding edge devices and their end of support.',
    },
  ],
} as const

export type EdgeStep = (typeof BOD_26_02.rows)[number]['step']

/** What is known of one device. Null: nobody said. */
export interface EdgeDevice {
  readonly onCisaList: boolean | null
  /** When its vendor's support ends or ended; null: unknown. */
  readonly supportEnds: Instant | null
}

export interface EdgeMilestone {
  readonly step: EdgeStep
  /** 1-based row of the table. */
  readonly row: number
  readonly due: Instant
  readonly says: string
  /** Why it was taken to apply although nobody said so; null: it does. */
  readonly assumed: string | null
}

/**
 * What is due of one device and by when (end of the day in UTC), in order. A device still in support is reported where CISA lists it
 * and may stay; one of which nobody said whether CISA lists it counts as listed, which is the earlier date, and is marked.
 */
export function edgeMilestones(device: EdgeDevice, now: Instant): readonly EdgeMilestone[] {
  const over = device.supportEnds === null || device.supportEnds <= now
  const unknownEnd = device.supportEnds === null ? 'Nobody said when support ends; it is taken to have ended.' : null
  return BOD_26_02.rows.flatMap((row, n) => {
    if (row.of === 'organisation' || (row.step !== 'list' && !over)) return []
    if (row.of === 'listed' && device.onCisaList === false) return []
    const unlisted = row.of === 'listed' && device.onCisaList === null ? 'Nobody said whether CISA lists the device.' : null
    const ended = row.step === 'list' ? null : unknownEnd
    const assumed = [ended, unlisted].filter((why) => why !== null).join(' ') || null
    return [{ step: row.step, row: n + 1, due: monthsAfter(BOD_26_02.issued, row.months), says: row.says, assumed }]
  })
}

/** What is due of the organisation itself whatever devices it has. */
export function edgeProcessDue(): EdgeMilestone {
  const row = BOD_26_02.rows[3]
  return { step: row.step, row: 4, due: monthsAfter(BOD_26_02.issued, row.months), says: row.says, assumed: null }
}

// The same day of a later month, at its end. The directive was issued on a 5th, which every month has.
function monthsAfter(from: Instant, months: number): Instant {
  const start = new Date(from)
  return instant(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + months, start.getUTCDate()) + DAY - 1)
}
