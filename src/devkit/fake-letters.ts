import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Instant, instant } from '../core/kernel/instant.ts'
import type { LetterStore, OutLetter } from '../server/notify/mail/letter-store.ts'

/** A letter and where it stands. */
export interface KeptLetter extends Omit<OutLetter, 'key'> {
  readonly state: 'waiting' | 'claimed' | 'handing' | 'sent' | 'refused' | 'unsure'
  readonly due: number
  readonly leaseEnds: number
  readonly note: string
  readonly key?: OutLetter['key']
}

/** A store of letters in a folder, one file each, replaced by renaming: what it said yes to outlives a killed process. */
export interface FakeLetters extends LetterStore {
  add(letter: OutLetter, due?: number): void
  all(): KeptLetter[]
}

/** Opens the folder. A lease lasts `leaseMs`. */
export function openFakeLetters(folder: string, leaseMs: number, newLease: () => string): FakeLetters {
  mkdirSync(folder, { recursive: true })
  const read = (id: string): KeptLetter => JSON.parse(readFileSync(join(folder, `${id}.json`), 'utf8'))
  const write = (letter: KeptLetter): void => {
    const path = join(folder, `${letter.id}.json`)
    writeFileSync(`${path}.new`, JSON.stringify(letter))
    renameSync(`${path}.new`, path)
  }
  const all = (): KeptLetter[] =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => read(name.slice(0, -5)))
  const change = (id: string, lease: string, late: boolean, to: Partial<KeptLetter>): boolean => {
    const letter = read(id)
    const held = letter.state === 'claimed' || letter.state === 'handing' || (late && letter.state === 'unsure')
    if (!held || letter.lease !== lease) return false
    write({ ...letter, ...to })
    return true
  }
  return {
    all,
    add: (letter, due = 0) => write({ ...letter, state: 'waiting', due, leaseEnds: 0, note: '' }),
    claim: async (now: Instant, n: number) => {
      const claimed: OutLetter[] = []
      for (let letter of all()) {
        if (letter.leaseEnds <= now && letter.state === 'claimed') letter = { ...letter, state: 'waiting' }
        if (letter.leaseEnds <= now && letter.state === 'handing')
          write({ ...letter, state: 'unsure', note: 'the lease ended' })
        if (claimed.length >= n || letter.state !== 'waiting' || letter.due > now) continue
        const lease = newLease()
        const attempts = letter.attempts + 1
        write({ ...letter, lease, attempts, state: 'claimed', leaseEnds: now + leaseMs })
        const { state: _state, due: _due, leaseEnds: _ends, note: _note, ...made } = letter
        claimed.push({ ...made, lease, key: letter.key ?? null })
      }
      return claimed
    },
    handing: async (id, lease, now) => {
      const letter = read(id)
      if (letter.state !== 'claimed' || letter.leaseEnds <= now) return false
      return change(id, lease, false, { state: 'handing', leaseEnds: now + leaseMs })
    },
    sent: async (id, lease, _messageId, answer) => void change(id, lease, true, { state: 'sent', note: answer }),
    failed: async (id, lease, due, note, putOffSince) =>
      void change(id, lease, false, { state: 'waiting', due, note, putOffSince }),
    refused: async (id, lease, why, say) => void change(id, lease, false, { state: 'refused', note: `${why} ${say}` }),
    unsure: async (id, lease, note) => void change(id, lease, false, { state: 'unsure', note }),
  }
}

/** The n-th letter of a test, to `reader` at an example domain. */
export function madeLetter(n: number, more: Partial<OutLetter> = {}): OutLetter {
  const id = `ltr${String(n).padStart(6, '0')}`
  return {
    id,
    lease: '',
    attempts: 0,
    putOffSince: null,
    messageId: `<${id}@weir.example>`,
    date: instant(Date.UTC(2026, 10, 21)),
    from: { name: 'Weir of Example', address: 'reports@weir.example' },
    replyTo: `reports+r${'0'.repeat(32)}@weir.example`,
    returnPath: `reports+b${'0'.repeat(32)}@weir.example`,
    to: `reader${n}@maintainer.example`,
    subject: 'A message from Weir of Example, reference ABCD-EFGH',
    text: `Letter ${n}\n\n--- a/x\n+++ b/x\n+\tint länge;\n-- \n2.39\n`,
    key: null,
    ...more,
  }
}
