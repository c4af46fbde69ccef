import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { MailSettings } from '../server/main/mail-settings.ts'
import { USUAL_POST } from '../server/notify/mail/post-settings.ts'
import { type FakeMail, startFakeMail, type TakenMail } from './fake-mail.ts'
import { lmtp } from './speak-lmtp.ts'

const DOMAIN = 'demo.example'
const KEPT = 100
const ANSWER = 'Thank you, this has reached us. We look into it and write again.'

/** The mail of a demo: a mail server on this machine's loopback, whatever address a letter has, and people who answer. */
export interface DemoMail {
  readonly settings: Pick<MailSettings, 'post' | 'mailbox' | 'letterbox'>
  close(): Promise<void>
}

/** Opens it. Nothing leaves the machine; whoever is written to for the first time about a case answers after `answerMs`. Null: a bare demo. */
export async function openDemoMail(onError: (error: unknown) => void, answerMs = 5_000): Promise<DemoMail | null> {
  if (process.env['WEIR_DEMO_BARE'] === 'yes') return null
  const folder = mkdtempSync(join(tmpdir(), 'weir-demo-mail-'))
  const socket = join(folder, 'lmtp')
  const ending = new AbortController()
  const answered = new Set<string>()
  const underWay = new Set<Promise<void>>()
  const mail: FakeMail = await startFakeMail()
  mail.onTaken = (taken) => {
    if (mail.taken.length > KEPT) mail.taken.shift()
    const to = replyTo(taken)
    if (to === null || answered.has(to)) return
    answered.add(to)
    const answer = sleep(answerMs, undefined, { signal: ending.signal, ref: false })
      .then(() => lmtp(socket, to, answerTo(taken, answered.size), taken.to[0] ?? `someone@${DOMAIN}`))
      .then(() => undefined)
      .catch((error: unknown) => {
        if (!ending.signal.aborted) onError(error)
      })
      .finally(() => underWay.delete(answer))
    underWay.add(answer)
  }
  return {
    settings: {
      post: { ...USUAL_POST, host: '127.0.0.1', port: mail.port, name: DOMAIN },
      mailbox: { local: 'reports', domain: DOMAIN },
      letterbox: { socket },
    },
    close: async () => {
      ending.abort()
      await Promise.all(underWay)
      await mail.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function header({ raw }: TakenMail, name: string): string | null {
  const head = Buffer.from(raw.subarray(0, 16_384)).toString('latin1').split('\r\n\r\n')[0] ?? ''
  const lines = head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n')
  const line = lines.find((one) => one.toLowerCase().startsWith(`${name}:`))
  return line === undefined ? null : line.slice(name.length + 1).trim()
}

function replyTo(mail: TakenMail): string | null {
  return /([^\s<>,]+@[^\s<>,]+)>?$/.exec(header(mail, 'reply-to') ?? '')?.[1] ?? null
}

function answerTo(mail: TakenMail, count: number): string {
  const lines = [
    `From: ${mail.to[0] ?? `someone@${DOMAIN}`}`,
    `To: ${replyTo(mail)}`,
    `Subject: Re: ${header(mail, 'subject') ?? ''}`,
    `Message-ID: <${count}.${process.pid}.${mail.raw.length}@${DOMAIN}>`,
    `In-Reply-To: ${header(mail, 'message-id') ?? ''}`,
    '',
    ANSWER,
    '',
  ]
  return lines.join('\r\n')
}
