import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, describe, it } from 'node:test'
import { instant } from '../../../core/kernel/instant.ts'
import { type FakeLetters, madeLetter, openFakeLetters } from '../../../devkit/fake-letters.ts'
import { type FakeMail, type MailMood, startFakeMail } from '../../../devkit/fake-mail.ts'
import { openPost, type Post } from './post.ts'
import { type PostSettings, USUAL_POST } from './post-settings.ts'
import { sealLetter } from './seal-letter.ts'

describe('post', () => {
  let mail: FakeMail
  const root = mkdtempSync(join(tmpdir(), 'weir-post-'))
  let folders = 0
  let letters: FakeLetters
  let now = 1_000_000
  let leases = 0
  const posts: Post[] = []

  before(async () => {
    mail = await startFakeMail()
  })
  after(async () => {
    for (const post of posts) post.close()
    await mail.close()
    rmSync(root, { recursive: true, force: true })
  })
  beforeEach(() => {
    letters = openFakeLetters(join(root, String(folders++)), 60_000, () => `lease${++leases}`)
    mail.taken.length = 0
    mail.mood = () => 'take'
  })
  const openWith = (more: Partial<PostSettings> = {}, store = letters as FakeLetters): Post => {
    const settings = { ...USUAL_POST, host: '127.0.0.1', port: mail.port, name: 'weir.example', ...more }
    const post = openPost(settings, { store, now: () => instant(now), seal: sealLetter })
    posts.push(post)
    return post
  }
  const states = () => letters.all().map(({ state }) => state)

  it('sends each letter once, to its reader, from its own bounce address, with the patch to the letter', async () => {
    for (let n = 0; n < 10; n++) letters.add(madeLetter(n))
    const post = openWith()
    assert.equal(await post.pass(), 10)
    assert.equal(await post.pass(), 0)
    assert.deepEqual(
      mail.taken.map(({ to }) => to[0]).sort(),
      Array.from({ length: 10 }, (_, n) => `reader${n}@maintainer.example`),
    )
    const raw = new TextDecoder().decode(mail.taken.find(({ to }) => to[0]!.startsWith('reader3'))!.raw)
    assert.equal(mail.taken[0]!.from, madeLetter(0).returnPath)
    assert.ok(raw.endsWith('\r\n\r\nLetter 3\r\n\r\n--- a/x\r\n+++ b/x\r\n+\tint länge;\r\n-- \r\n2.39\r\n'), raw)
    assert.match(raw, /^Content-Transfer-Encoding: 8bit\r$/m)
    assert.match(raw, /^Message-ID: <ltr000003@weir\.example>\r$/m)
    assert.ok(states().every((state) => state === 'sent'))
  })

  const outcomes: readonly (readonly [MailMood, string])[] = [
    ['later', 'waiting'],
    ['refuse', 'refused'],
    ['later-after-data', 'waiting'],
    ['refuse-after-data', 'refused'],
    ['stall', 'unsure'],
    ['keep-and-close', 'unsure'],
    ['close-after-data', 'unsure'],
  ]
  for (const [mood, state] of outcomes)
    it(`a server that does “${mood}” leaves the letter ${state}, and it is not sent again by itself`, async () => {
      letters.add(madeLetter(1))
      mail.mood = () => mood
      const post = openWith({ answerMs: 300 })
      assert.equal(await post.pass(), 0)
      assert.deepEqual(states(), [state])
      mail.mood = () => 'take'
      assert.equal(await post.pass(), 0)
      if (state === 'waiting') {
        now += 3_600_000
        assert.equal(await post.pass(), 1)
      }
      assert.ok(mail.taken.length <= 1)
    })

  it('a letter put off for five days is given up and kept for a person', async () => {
    letters.add(madeLetter(1))
    mail.mood = () => 'later'
    const post = openWith()
    for (let n = 0; n < 40 && states()[0] === 'waiting'; n++) {
      await post.pass()
      now += 4 * 3_600_000
    }
    assert.equal(states()[0], 'refused')
    assert.match(letters.all()[0]!.note, /^mail\.gave-up/)
  })

  it('a server that is away loses nothing, for as long as it is away', async () => {
    for (let n = 0; n < 5; n++) letters.add(madeLetter(n))
    const away = openWith({ port: 1 })
    for (let n = 0; n < 12; n++) {
      assert.equal(await away.pass(), 0)
      now += 86_400_000
    }
    assert.deepEqual(states(), Array(5).fill('waiting'))
    mail.mood = () => 'later'
    await openWith().pass()
    assert.deepEqual(states(), Array(5).fill('waiting'), 'the outage counted as time of the letters')
    now += 3_600_000 * 4
    mail.mood = () => 'take'
    assert.equal(await openWith().pass(), 5)
  })

  it('a store that is away after the answer is told later, and nothing goes twice', async () => {
    letters.add(madeLetter(1))
    let away = true
    const store = {
      ...letters,
      sent: (...args: Parameters<FakeLetters['sent']>) => (away ? Promise.reject(new Error('away')) : letters.sent(...args)),
    }
    const post = openWith({}, store)
    assert.equal(await post.pass(), 1)
    now += 120_000
    assert.equal(await post.pass(), 0)
    assert.equal(await openWith().pass(), 0)
    assert.deepEqual(states(), ['unsure'])
    away = false
    assert.equal(await post.pass(), 0)
    assert.deepEqual(states(), ['sent'])
    assert.equal(mail.taken.length, 1)
  })

  it('a claim that was lost before the message went sends nothing', async () => {
    letters.add(madeLetter(1))
    const store = { ...letters, handing: async () => false }
    assert.equal(await openWith({}, store).pass(), 0)
    assert.equal(mail.taken.length, 0)
    now += 120_000
    assert.equal(await openWith().pass(), 1)
  })

  it('hostile addresses and names end no header', async () => {
    letters.add(madeLetter(1, { to: 'a@b.example>\r\nRCPT TO:<c@d.example' }))
    letters.add(
      madeLetter(2, {
        from: { name: 'W"\r\nBcc: x@y.example', address: 'reports@weir.example' },
        subject: 'ä\r\nBcc: x@y.example',
      }),
    )
    await openWith().pass()
    assert.deepEqual(states(), ['refused', 'sent'])
    assert.doesNotMatch(new TextDecoder().decode(mail.taken[0]!.raw), /^Bcc/im)
  })

  it('plain is refused where the server is not this machine', async () => {
    letters.add(madeLetter(1))
    // The address is this machine's, but not by a loopback name: it counts as far away.
    const post = openWith({ host: '::ffff:127.0.0.1' })
    assert.equal(await post.pass(), 0)
    assert.equal(mail.taken.length, 0)
    assert.equal(states()[0], 'waiting')
    assert.match(letters.all()[0]!.note, /STARTTLS/)
  })

  it('on this machine TLS is used where it is offered; elsewhere a certificate without authority ends it', async () => {
    const secure = await startFakeMail(true)
    try {
      letters.add(madeLetter(1))
      assert.equal(await openWith({ port: secure.port, host: '::ffff:127.0.0.1' }).pass(), 0)
      assert.match(letters.all()[0]!.note, /certificate/)
      now += 3_600_000
      assert.equal(await openWith({ port: secure.port }).pass(), 1)
      assert.equal(secure.taken[0]!.secure, true)
    } finally {
      for (const post of posts) post.close()
      await secure.close()
    }
  })
})
