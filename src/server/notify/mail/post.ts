import { setTimeout as pause } from 'node:timers/promises'
import type { Instant } from '../../../core/kernel/instant.ts'
import { composeMessage } from './compose-message.ts'
import { type LetterKey, type LetterStore, type OutLetter, POST_REFUSALS, type PostRefusal } from './letter-store.ts'
import { type MimePart, textPart } from './mime-part.ts'
import type { PostSettings } from './post-settings.ts'
import { reachAt, retryAt } from './retry-times.ts'
import type { Sealed } from './seal-letter.ts'
import { type Handed, type Line, openLine, wordsOf } from './smtp-line.ts'

export interface PostDeps {
  readonly store: LetterStore
  readonly now: () => Instant
  readonly seal: (text: string, key: LetterKey) => Promise<Sealed>
}

/** The office that sends letters. */
export interface Post {
  /** Sends what is due, once; answers how many letters the server took. */
  pass(): Promise<number>
  /** Passes again and again, at least `everyMs` apart where there was nothing to do, until the signal. */
  run(signal: AbortSignal, everyMs: number): Promise<void>
  close(): void
}

/**
 * Sends letters out of a store, each at most once, and loses none. What the store could not be told is kept and told before anything
 * else is claimed; see `LetterStore` for what a crash leaves behind.
 */
export function openPost(settings: PostSettings, deps: PostDeps): Post {
  const { store, now } = deps
  const lines: Line[] = []
  let untold: (() => Promise<void>)[] = []

  async function tell(what: () => Promise<void>): Promise<void> {
    try {
      await what()
    } catch {
      untold.push(what)
    }
  }

  async function tellAgain(): Promise<boolean> {
    const again = untold
    untold = []
    for (const what of again) await tell(what)
    return untold.length === 0
  }

  async function lineOf(): Promise<Line> {
    for (let line = lines.pop(); line !== undefined; line = lines.pop()) {
      if (line.isOpen()) return line
      line.close()
    }
    return await openLine(settings)
  }

  async function refuse(letter: OutLetter, why: PostRefusal, more: string): Promise<void> {
    await tell(() =>
      store.refused(letter.id, letter.lease, why, more === '' ? POST_REFUSALS[why] : `${POST_REFUSALS[why]} ${more}`),
    )
  }

  async function putOff(letter: OutLetter, why: string, reached: boolean): Promise<void> {
    const { id, lease, attempts } = letter
    const since = reached ? (letter.putOffSince ?? now()) : letter.putOffSince
    const at = reached ? retryAt(now(), attempts, since) : reachAt(now(), attempts)
    if (at === null) await refuse(letter, 'mail.gave-up', why)
    else await tell(() => store.failed(id, lease, at, why, since))
  }

  async function record(letter: OutLetter, handed: Handed): Promise<void> {
    const { id, lease, messageId } = letter
    if (handed.kind === 'sent') await tell(() => store.sent(id, lease, messageId, handed.answer))
    else if (handed.kind === 'unsure') await tell(() => store.unsure(id, lease, handed.why))
    else if (handed.kind === 'refused') await refuse(letter, 'mail.bounced', handed.why)
    else if (handed.kind === 'later') await putOff(letter, handed.why, true)
  }

  /** Answers whether the server took it; throws where no server was reached. */
  async function send(letter: OutLetter): Promise<boolean> {
    let part: MimePart
    if (letter.key === null) part = textPart(letter.text)
    else {
      const sealed = await deps.seal(letter.text, letter.key)
      if (!sealed.ok) {
        await refuse(letter, sealed.code, sealed.say)
        return false
      }
      part = sealed.part
    }
    const message = composeMessage(letter, part)
    if (message === null) {
      await refuse(letter, 'mail.address-malformed', '')
      return false
    }
    const line = await lineOf()
    const point = () => store.handing(letter.id, letter.lease, now())
    const handed = await line.hand({ from: letter.returnPath, to: letter.to }, message, point)
    if (line.isOpen()) lines.push(line)
    await record(letter, handed)
    return handed.kind === 'sent'
  }

  async function pass(): Promise<number> {
    if (!(await tellAgain())) return 0
    const letters = await store.claim(now(), settings.atOnce)
    let sent = 0
    let down: string | null = null
    const one = async () => {
      for (let letter = letters.shift(); letter !== undefined; letter = letters.shift()) {
        try {
          if (down !== null) await putOff(letter, down, false)
          else if (await send(letter)) sent++
        } catch (error) {
          down = wordsOf(error)
          await putOff(letter, down, false)
        }
      }
    }
    await Promise.all(Array.from({ length: settings.connections }, one))
    return sent
  }

  return {
    pass,
    run: async (signal, everyMs) => {
      while (!signal.aborted) {
        // A store that is away throws; it is asked again.
        const sent = await pass().catch(() => 0)
        if (sent === 0) await pause(everyMs, undefined, { signal }).catch(() => undefined)
      }
    },
    close: () => {
      for (const line of lines.splice(0)) line.close()
    },
  }
}
