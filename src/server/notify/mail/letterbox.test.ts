import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { InMail } from './in-mail.ts'
import { type Letterbox, openLetterbox, USUAL_LETTERBOX } from './letterbox.ts'

const KNOWN = `r${'1'.repeat(32)}`
const BOUNCES = `b${'2'.repeat(32)}`
const STRANGER = `r${'3'.repeat(32)}`
const at = (token: string) => `reports+${token}@weir.example`

/** Speaks LMTP line by line; answers are the codes of the replies. */
class Client {
  #socket: Socket
  #held = ''
  #waiting: ((line: string) => void)[] = []
  constructor(port: number) {
    this.#socket = connect(port, '127.0.0.1')
    this.#socket.setEncoding('utf8').on('data', (text: string) => {
      this.#held += text
      for (let end = this.#held.indexOf('\n'); end !== -1; end = this.#held.indexOf('\n')) {
        const line = this.#held.slice(0, end).trim()
        this.#held = this.#held.slice(end + 1)
        if (!/^\d{3}-/.test(line)) this.#waiting.shift()?.(line)
      }
    })
    this.#socket.on('error', () => undefined)
  }
  reply(): Promise<string> {
    return new Promise((done) => this.#waiting.push(done))
  }
  say(line: string): Promise<string> {
    const reply = this.reply()
    this.#socket.write(`${line}\r\n`)
    return reply
  }
  async mail(from: string, to: readonly string[], message: string): Promise<string[]> {
    await this.say('LHLO here')
    await this.say(`MAIL FROM:<${from}>`)
    const codes: string[] = []
    for (const one of to) codes.push((await this.say(`RCPT TO:<${one}>`)).slice(0, 3))
    const taken = codes.filter((code) => code === '250').length
    if (taken === 0 || (await this.say('DATA')).slice(0, 3) !== '354') return codes
    const replies = Array.from({ length: taken }, () => this.reply())
    this.#socket.write(`${message.replace(/\r?\n/g, '\r\n').replace(/^\./gm, '..')}\r\n.\r\n`)
    return [...codes, ...(await Promise.all(replies)).map((line) => line.slice(0, 3))]
  }
  end(): void {
    this.#socket.destroy()
  }
}

describe('letterbox', () => {
  let box: Letterbox
  let stored: InMail[] = []
  let away = false
  before(async () => {
    box = await openLetterbox(
      {
        ...USUAL_LETTERBOX,
        listen: { host: '127.0.0.1', port: 0 },
        mailbox: { local: 'reports', domain: 'weir.example' },
        mostBytes: 100_000,
      },
      {
        known: async (token) => {
          if (away) throw new Error('away')
          return token === KNOWN || token === BOUNCES || token.startsWith('r4')
        },
        store: async (mail) => {
          if (mail.subject === 'not now') throw new Error('away')
          stored.push(mail)
        },
      },
    )
  })
  after(() => box.close())
  beforeEach(() => {
    stored = []
    away = false
  })
  const deliver = async (from: string, to: readonly string[], message: string) => {
    const client = new Client(box.port!)
    await client.reply()
    const codes = await client.mail(from, to, message)
    client.end()
    return codes
  }
  const plain =
    'From: Mo <mo@maintainer.example>\nSubject: Re: reference\nIn-Reply-To: <ltr1@weir.example>\n\nWe fix it.\n.hidden dot'

  it('a reply is acknowledged once it was stored, and its address token comes with it', async () => {
    assert.deepEqual(await deliver('mo@maintainer.example', [at(KNOWN).toUpperCase()], plain), ['250', '250'])
    const [mail] = stored
    assert.deepEqual(
      [mail!.token, mail!.from, mail!.kind, mail!.text],
      [KNOWN, 'mo@maintainer.example', 'reply', 'We fix it.\n.hidden dot'],
    )
    assert.equal(mail!.inReplyTo, '<ltr1@weir.example>')
  })

  it('what could not be stored is put off, for that recipient alone, and a repeat has the same key', async () => {
    assert.deepEqual(await deliver('a@b.example', [at(KNOWN)], plain.replace('Re: reference', 'not now')), ['250', '451'])
    await deliver('a@b.example', [at(KNOWN), at(BOUNCES)], plain)
    await deliver('a@b.example', [at(KNOWN)], plain)
    assert.equal(stored[0]!.key, stored[2]!.key)
    assert.notEqual(stored[0]!.key, stored[1]!.key)
  })

  it('unknown, revoked and malformed addresses get one answer, no sooner than known ones', async () => {
    const client = new Client(box.port!)
    await client.reply()
    await client.say('LHLO here')
    await client.say('MAIL FROM:<a@b.example>')
    const answers = new Set<string>()
    for (const address of [at(STRANGER), 'reports@weir.example', 'root@weir.example', at('x'), 'reports+@elsewhere.example']) {
      const started = performance.now()
      answers.add(await client.say(`RCPT TO:<${address}>`))
      assert.ok(performance.now() - started >= 24)
    }
    assert.equal(answers.size, 1)
    assert.match([...answers][0]!, /^550 /)
    const started = performance.now()
    assert.match(await client.say(`RCPT TO:<${at(KNOWN)}>`), /^250/)
    assert.ok(performance.now() - started >= 24)
    client.end()
  })

  it('while nobody can say who is known, mail is put off and not refused', async () => {
    away = true
    assert.deepEqual(await deliver('a@b.example', [at(KNOWN), at(STRANGER)], plain), ['451', '451'])
  })

  it('a delivery report is a bounce and names the letter', async () => {
    const report = `From: mailer-daemon@mx.example
Content-Type: multipart/report; report-type=delivery-status; boundary=xx

--xx
Content-Type: text/plain

It did not work.
--xx
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; mo@maintainer.example
Action: failed
Status: 5.1.1

--xx
Content-Type: message/rfc822

Message-ID: <ltr000003@weir.example>
Subject: A message

secret text
--xx--`
    assert.deepEqual(await deliver('', [at(BOUNCES)], report), ['250', '250'])
    assert.equal(stored[0]!.kind, 'bounce')
    assert.deepEqual(stored[0]!.bounce, { status: '5.1.1', action: 'failed', messageId: '<ltr000003@weir.example>' })
  })

  it('answers of machines are known, and loops are refused', async () => {
    await deliver('a@b.example', [at(KNOWN)], `Auto-Submitted: auto-replied\n${plain}`)
    await deliver('a@b.example', [at(KNOWN)], `Precedence: bulk\n${plain}`)
    await deliver('', [at(KNOWN)], plain)
    assert.deepEqual(
      stored.map(({ kind }) => kind),
      ['auto', 'auto', 'auto'],
    )
    assert.deepEqual(await deliver('a@b.example', [at(KNOWN)], `${'Received: from x\n'.repeat(26)}${plain}`), ['250', '554'])
    const own = 'From: Weir <reports@weir.example>\nMessage-ID: <ltr1@weir.example>\n\nback again'
    assert.deepEqual(await deliver('a@b.example', [at(KNOWN)], own), ['250', '554'])
    assert.equal(stored.length, 3)
  })

  it('HTML becomes inert text, files keep their bytes under inert names', async () => {
    const message = `From: a@b.example
Content-Type: multipart/mixed; boundary=yy

--yy
Content-Type: text/html

<style>p{}</style><p>Fixed &lt;b&gt; in <b>1.3</b></p><script>alert(1)</script><img src=https://evil.example/x>
--yy
Content-Type: text/x-diff; name="../../etc/pass wd"
Content-Disposition: attachment; filename="../../etc/pass wd"
Content-Transfer-Encoding: base64

AAEC
--yy--`
    await deliver('a@b.example', [at(KNOWN)], message)
    assert.equal(stored[0]!.text, 'Fixed <b> in 1.3')
    assert.deepEqual(stored[0]!.files, [{ name: 'pass_wd', type: 'text/x-diff', bytes: new Uint8Array([0, 1, 2]) }])
  })

  it('too large, too deep and too many recipients are refused, and the door stays open', async () => {
    assert.deepEqual(await deliver('a@b.example', [at(KNOWN)], `${plain}\n${'x'.repeat(70)}\n`.repeat(2_000)), ['250', '552'])
    let deep = 'Content-Type: text/plain\n\nx'
    for (let n = 0; n < 40; n++) deep = `Content-Type: multipart/mixed; boundary=b${n}\n\n--b${n}\n${deep}\n--b${n}--`
    assert.deepEqual(await deliver('a@b.example', [at(KNOWN)], deep), ['250', '554'])
    const crowd = Array.from({ length: 22 }, (_, n) => at(`r4${String(n).padStart(31, '0')}`))
    const many = await deliver('a@b.example', crowd, plain)
    assert.deepEqual([many.filter((code) => code === '250').length, many.filter((code) => code === '452').length], [40, 2])
    assert.deepEqual(await deliver('a@b.example', [at(KNOWN), at(KNOWN)], plain), ['250', '452', '250'])
    assert.deepEqual(await deliver('a@b.example', [at(KNOWN)], plain), ['250', '250'])
  })

  it('listens on a Unix socket, and on no address of the network', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'weir-lmtp-'))
    const deps = { known: async () => true, store: async () => undefined }
    const mailbox = { local: 'reports', domain: 'weir.example' }
    const local = await openLetterbox({ ...USUAL_LETTERBOX, listen: { socket: join(folder, 's') }, mailbox }, deps)
    assert.equal(local.port, null)
    await local.close()
    rmSync(folder, { recursive: true })
    for (const host of ['0.0.0.0', '::', 'localhost', '192.0.2.1'])
      await assert.rejects(openLetterbox({ ...USUAL_LETTERBOX, listen: { host, port: 0 }, mailbox }, deps), /loopback/)
  })
})
