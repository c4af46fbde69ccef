import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { instant } from '../src/core/kernel/instant.ts'
import { madeLetter, openFakeLetters } from '../src/devkit/fake-letters.ts'
import { startFakeMail } from '../src/devkit/fake-mail.ts'
import { fakeDeliveries, startFakeWebhook } from '../src/devkit/fake-webhook.ts'
import { openPost } from '../src/server/notify/mail/post.ts'
import { USUAL_POST } from '../src/server/notify/mail/post-settings.ts'
import { sealLetter } from '../src/server/notify/mail/seal-letter.ts'
import { openBell, USUAL_BELL } from '../src/server/notify/webhooks/bell.ts'

/** Letters and webhooks a second over loopback: SMTP with a store of files, HTTP with a store in memory and one target each. */
export async function benchLetters(count: number): Promise<object[]> {
  return [await letters(count), await webhooks(count)]
}

async function letters(count: number): Promise<object> {
  const folder = mkdtempSync(join(tmpdir(), 'weir-bench-'))
  const mail = await startFakeMail()
  const store = openFakeLetters(folder, 60_000, randomUUID)
  for (let n = 0; n < count; n++) store.add(madeLetter(n))
  const settings = { ...USUAL_POST, host: '127.0.0.1', port: mail.port, name: 'weir.example', atOnce: count }
  const post = openPost(settings, { store, now: () => instant(Date.now()), seal: sealLetter })
  const started = performance.now()
  const sent = await post.pass()
  const seconds = (performance.now() - started) / 1_000
  post.close()
  await mail.close()
  rmSync(folder, { recursive: true })
  return { bench: 'letters', sent, seconds: Number(seconds.toFixed(2)), perSecond: Math.round(sent / seconds) }
}

async function webhooks(count: number): Promise<object> {
  const secret = new Uint8Array(24).fill(1)
  const receiver = await startFakeWebhook(secret)
  const store = fakeDeliveries(60_000)
  for (let n = 0; n < count; n++)
    store.add({
      id: `dlv_${n}`,
      lease: '',
      target: `target${n}`,
      url: `http://hooks.internal:${receiver.port}/hook`,
      secrets: [secret],
      payload: { type: 'case.opened', at: instant(0), sequence: n, facts: {} },
      attempts: 0,
      firstTriedAt: null,
    })
  const settings = { ...USUAL_BELL, own: new Set(['hooks.internal']), atOnce: 64 }
  const bell = openBell(settings, { store, now: () => instant(Date.now()), lookup: async () => ['127.0.0.1'] })
  const started = performance.now()
  let told = 0
  for (let more = await bell.pass(); more > 0; more = await bell.pass()) told += more
  const seconds = (performance.now() - started) / 1_000
  await receiver.close()
  return { bench: 'webhooks', told, seconds: Number(seconds.toFixed(2)), perSecond: Math.round(told / seconds) }
}
