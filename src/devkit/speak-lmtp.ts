import { connect } from 'node:net'

/** A bounce of that message, as a mail server writes it. */
export function bounceOf(messageId: string): string {
  return [
    'From: MAILER-DAEMON@mx.example',
    'Subject: failed',
    'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
    'MIME-Version: 1.0',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'It failed.',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example',
    '',
    'Final-Recipient: rfc822; sec@project.example',
    'Action: failed',
    'Status: 5.1.1',
    '',
    '--b',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: ${messageId}`,
    '',
    '--b--',
    '',
  ].join('\r\n')
}

/** Speaks LMTP to a port or a socket: the answers to the recipient and, where it was known, to the message. */
export async function lmtp(place: number | string, to: string, raw: string, from = 'someone@else.example'): Promise<string[]> {
  const socket = typeof place === 'number' ? connect(place, '127.0.0.1') : connect(place)
  const lines: string[] = []
  let wake = () => {}
  let rest = ''
  socket.on('data', (data) => {
    rest += data.toString('utf8')
    for (let end = rest.indexOf('\r\n'); end !== -1; end = rest.indexOf('\r\n')) {
      if (rest[3] !== '-') lines.push(rest.slice(0, 3))
      rest = rest.slice(end + 2)
    }
    wake()
  })
  const next = async (): Promise<string> => {
    while (lines.length === 0) await new Promise<void>((done) => (wake = done))
    return lines.shift()!
  }
  const say = async (line: string) => {
    socket.write(`${line}\r\n`)
    return await next()
  }
  await next()
  await say('LHLO mx.example')
  await say(`MAIL FROM:<${from}>`)
  const answers = [await say(`RCPT TO:<${to}>`)]
  if (answers[0] === '250') {
    await say('DATA')
    answers.push(await say(`${raw}.`))
  }
  socket.end()
  return answers
}
