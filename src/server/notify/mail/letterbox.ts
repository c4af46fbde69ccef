import { isIP } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import { type Mailbox, parseReplyAddress } from '../../../core/cases/letters/reply-address.ts'
import type { InMail } from './in-mail.ts'
import { isLoopback } from './post-settings.ts'
import { readMail } from './read-mail.ts'

export interface LetterboxSettings {
  /** A Unix socket, or a port on a loopback address: who may connect is the host's to say, so nobody signs in. */
  readonly listen: { readonly socket: string } | { readonly host: string; readonly port: number }
  readonly mailbox: Mailbox
  readonly mostBytes: number
  readonly mostRecipients: number
  readonly mostClients: number
  /** No recipient is answered sooner, known or not. */
  readonly answerMs: number
}

/** Settings but for where to listen and the mailbox. */
export const USUAL_LETTERBOX: Omit<LetterboxSettings, 'listen' | 'mailbox'> = {
  mostBytes: 10 * 1024 * 1024,
  mostRecipients: 20,
  mostClients: 20,
  answerMs: 25,
}

export interface LetterboxDeps {
  /** Whether an opaque address stands for somebody now. Rejects where that cannot be known, and the mail is put off. */
  readonly known: (token: string) => Promise<boolean>
  /** Stores a mail durably, once for each key. Only then is it acknowledged; a rejection puts it off. */
  readonly store: (mail: InMail) => Promise<void>
}

export interface Letterbox {
  /** The port it listens on; null for a socket. */
  readonly port: number | null
  close(): Promise<void>
}

// What the protocol asks for where a token is: an address of the right shape that is never known.
const NOBODY = `r${'0'.repeat(32)}`

/** Opens the LMTP door (RFC 2033) for answers and bounces. Nothing that was acknowledged is lost; each recipient has its own answer. */
export async function openLetterbox(settings: LetterboxSettings, deps: LetterboxDeps): Promise<Letterbox> {
  const { listen, mailbox } = settings
  if ('host' in listen && (isIP(listen.host) === 0 || !isLoopback(listen.host)))
    throw new Error('LMTP listens on a loopback address only')
  const server = new SMTPServer({
    lmtp: true,
    name: mailbox.domain,
    banner: 'ready',
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    size: settings.mostBytes,
    maxClients: settings.mostClients,
    socketTimeout: 60_000,
    closeTimeout: 1_000,
    onRcptTo: (address, session, done) => {
      if (session.envelope.rcptTo.length >= settings.mostRecipients) return done(say(452, 'too many recipients'))
      // Named twice, it would be owed two answers and get one (RFC 2033 §4.2).
      const twice = session.envelope.rcptTo.some((other) => other.address.toLowerCase() === address.address.toLowerCase())
      if (twice) return done(say(452, 'named already'))
      answerRecipient(address.address).then(done, () => done(say(451, 'not now')))
    },
    onData: (stream, session, done) => {
      take(stream, session).then(
        (results) => done(null, results),
        () => done(say(451, 'not now')),
      )
    },
  })
  server.on('error', () => undefined)

  async function answerRecipient(address: string): Promise<Error | null> {
    const token = parseReplyAddress(address, mailbox)
    const [known] = await Promise.all([deps.known(token ?? NOBODY), pause(settings.answerMs)])
    return token !== null && known ? null : say(550, 'no such address here')
  }

  async function take(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<(string | Error)[]> {
    const recipients = session.envelope.rcptTo
    const raw = await collect(stream, settings.mostBytes)
    if (raw === null) return recipients.map(() => say(552, 'the message is too large'))
    const envelopeFrom = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address
    const results: (string | Error)[] = []
    for (const { address } of recipients)
      results.push(
        await takeFor(raw, { token: parseReplyAddress(address, mailbox) ?? NOBODY, envelopeFrom, domain: mailbox.domain }),
      )
    return results
  }

  async function takeFor(raw: Uint8Array, arrival: Parameters<typeof readMail>[1]): Promise<string | Error> {
    const read = await readMail(raw, arrival)
    if (!read.ok)
      return read.why === 'loop' ? say(554, 'the message goes round in circles') : say(554, 'the message cannot be read')
    try {
      await deps.store(read.mail)
      return 'kept'
    } catch {
      return say(451, 'not now')
    }
  }

  await new Promise<void>((done, failed) => {
    server.server.once('error', failed)
    if ('socket' in listen) server.listen(listen.socket, done)
    else server.listen(listen.port, listen.host, done)
  })
  const at = server.server.address()
  return {
    port: at !== null && typeof at === 'object' ? at.port : null,
    close: () => new Promise((done) => server.close(() => done())),
  }
}

/** The whole message; null where it is larger than it may be. What is too much is read and dropped. */
function collect(stream: SMTPServerDataStream, most: number): Promise<Uint8Array | null> {
  return new Promise((done, failed) => {
    const chunks: Uint8Array[] = []
    let size = 0
    stream.on('data', (chunk: Uint8Array) => {
      size += chunk.length
      if (size > most) chunks.length = 0
      else chunks.push(chunk)
    })
    stream.on('error', failed)
    stream.on('end', () => done(size > most ? null : new Uint8Array(Buffer.concat(chunks))))
  })
}

function say(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode })
}
