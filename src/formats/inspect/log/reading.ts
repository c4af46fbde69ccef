import type { Asking, LogSource } from '../ask.ts'
import { Findings, type ImportFinding, inertText } from '../import-finding.ts'
import type { ImportLimits } from '../import-limits.ts'
import type { KeyFound } from '../inspect-log.ts'
import { Walk, type WalkSink, type WalkWrong } from '../json/walk.ts'
import type { Want } from '../json/want.ts'
import { KeyMask } from '../keys/key-mask.ts'
import { maskText } from '../keys/mask-text.ts'
import type { Member } from '../zip/directory.ts'
import { type Allowance, readMember } from '../zip/read-member.ts'
import type { DetailLeft } from './sample-collector.ts'

const MOST_KEYS = 1000

/** What one reading of a log shares: its limits, what is left of them, and what it found. */
export class Reading {
  readonly source: LogSource
  readonly limits: ImportLimits
  readonly findings: Findings
  readonly allowance: Allowance
  readonly detail: DetailLeft
  private readonly keys: KeyFound[] = []

  constructor(source: LogSource, limits: ImportLimits) {
    this.source = source
    this.limits = limits
    this.findings = new Findings(limits.findings)
    this.detail = { left: limits.detail, scores: limits.scores }
    const byRatio = Math.max(limits.inflatedFree, source.size * limits.inflatedRatio)
    this.allowance = { left: Math.min(limits.inflatedBytes, byRatio) }
  }

  /** Walks the text of a member, keys overwritten; answers whether it was read to a sound end. */
  *walk(member: Member, want: Want, sink: WalkSink): Asking<boolean> {
    const mask = new KeyMask()
    const walk = new Walk(want, sink, { depth: this.limits.depth, keepBytes: this.limits.valueBytes })
    const wrong = yield* readMember(member, this.limits, this.allowance, (bytes) => {
      walk.push(mask.push(bytes))
      return walk.fault === null
    })
    walk.push(mask.end())
    const name = this.named(member)
    this.tellKeys(mask, name)
    const fault = wrong === null ? walk.end() : null
    if (wrong !== null) this.findings.tell(wrong.code, name, wrong.say)
    else if (fault !== null) this.tellFault(fault, name)
    return wrong === null && fault === null
  }

  /** A member to be opened again later; its name was read from the file and may hold a key. */
  kept(member: Member): Member {
    return { ...member, name: this.named(member) }
  }

  /** A member's name as it may be shown. */
  named(member: Member): string {
    return inertText(maskText(member.name))
  }

  tellFault(fault: WalkWrong, where: string): void {
    const say = {
      'json.broken': `It stops being JSON at byte ${fault.at}.`,
      'json.truncated': `It breaks off at byte ${fault.at}.`,
      'json.too-deep': `It is nested more than ${this.limits.depth} deep at byte ${fault.at}.`,
    }[fault.code]
    this.findings.tell(fault.code, where, say)
  }

  tellKeys(mask: KeyMask, where: string): void {
    for (const { kind, count, firstAt } of mask.found()) {
      if (this.keys.length < MOST_KEYS) this.keys.push({ kind, where, count, firstAt })
    }
  }

  keysFound(): readonly KeyFound[] {
    return this.keys
  }

  /** All findings; the keys as one a place. */
  told(): readonly ImportFinding[] {
    const keys = new Findings(this.limits.findings)
    for (const { kind, where, count, firstAt } of this.keys) {
      const times = count === 1 ? 'stands' : `stands ${count} times`
      keys.tell(
        'key.found',
        where,
        `What looks like a ${kind} ${times} here, from byte ${firstAt}. It was overwritten on reading.`,
      )
    }
    return [...this.findings.list(), ...keys.list()]
  }
}
