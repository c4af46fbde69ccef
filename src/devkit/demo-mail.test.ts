import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createTransport } from 'nodemailer'
import type { InMail } from '../server/notify/mail/in-mail.ts'
import { openLetterbox, USUAL_LETTERBOX } from '../server/notify/mail/letterbox.ts'
import { isLoopback } from '../server/notify/mail/post-settings.ts'
import { openDemoMail } from './demo-mail.ts'

test('a letter of a demo stays on the machine, is answered once by a person, and nothing is left of it', async () => {
  const mail = await openDemoMail((error) => assert.fail(String(error)), 5)
  assert.ok(mail !== null)
  const { post, mailbox, letterbox } = mail.settings
  assert.ok(post !== null && mailbox !== null && letterbox !== null && 'socket' in letterbox && isLoopback(post.host))
  const came: InMail[] = []
  const box = await openLetterbox(
    { ...USUAL_LETTERBOX, listen: letterbox, mailbox },
    {
      known: async () => true,
      store: async (one) => {
        came.push(one)
      },
    },
  )
  const transport = createTransport({ host: post.host, port: post.port, ignoreTLS: true })
  const token = `r${'a'.repeat(32)}`
  const replyTo = `"Weir of Example, with a name that is long enough to be folded over lines" <${mailbox.local}+${token}@${mailbox.domain}>`
  const letter = {
    from: 'x@demo.example',
    to: 'sec@quarry.example',
    replyTo,
    subject: 'A message, reference ABCD-EFGH',
    text: 'Hello.',
  }
  for (let n = 0; n < 2; n++) await transport.sendMail(letter)
  await transport.sendMail({ ...letter, replyTo: undefined })
  for (let n = 0; n < 3000 && came.length === 0; n++) await sleep(10)
  await sleep(50)
  assert.deepEqual(
    came.map(({ token: to, kind }) => [to, kind]),
    [[token, 'reply']],
  )
  assert.match(came[0]!.text, /We look into it/)
  transport.close()
  await box.close()
  await mail.close()
  assert.ok(!existsSync(dirname(letterbox.socket)))
})
