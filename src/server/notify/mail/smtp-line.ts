import { Readable } from 'node:stream'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { isLoopback, type PostSettings } from './post-settings.ts'

/** What became of a message that was handed over. */
export type Handed =
  | { readonly kind: 'sent'; readonly answer: string }
  /** Not taken, and no fault of the letter. */
  | { readonly kind: 'later'; readonly why: string }
  | { readonly kind: 'refused'; readonly why: string }
  /** All of it went out and no answer came. */
  | { readonly kind: 'unsure'; readonly why: string }
  /** The claim was lost before the message went. */
  | { readonly kind: 'lost' }

export interface Envelope {
  readonly from: string
  readonly to: string
}

/** One connection to the mail server, used for one message after the other. */
export interface Line {
  /** Hands a message over. `point` runs after the server took the envelope and before it gets one byte of the message. */
  hand(envelope: Envelope, message: Uint8Array, point: () => Promise<boolean>): Promise<Handed>
  /** Whether another message can go over it. */
  isOpen(): boolean
  close(): void
}

/** Connects and signs in. Rejects where the server is not there, offers no TLS where it must, or refuses the name: never a letter's fault. */
export async function openLine(settings: PostSettings): Promise<Line> {
  const near = isLoopback(settings.host)
  const connection = new SMTPConnection({
    host: settings.host,
    port: settings.port,
    name: settings.name,
    secure: settings.tls === 'direct',
    requireTLS: settings.tls === 'starttls' && !near,
    connectionTimeout: settings.connectMs,
    greetingTimeout: settings.connectMs,
    socketTimeout: settings.answerMs,
    logger: false,
    tls: {
      minVersion: 'TLSv1.2',
      // On this machine itself nobody stands between; mail servers bring a certificate that they signed themselves.
      rejectUnauthorized: !near,
      ...(settings.authorities === null ? {} : { ca: settings.authorities }),
    },
  })
  let broken = false
  const ended = new Promise<never>((_, failed) => {
    connection.on('error', (error: Error) => {
      broken = true
      failed(error)
    })
    connection.on('end', () => {
      broken = true
      failed(new Error('the connection ended'))
    })
  })
  ended.catch(() => undefined)
  try {
    await Promise.race([called((done) => connection.connect(done)), ended])
    const { user } = settings
    if (user !== null)
      await Promise.race([called((done) => connection.login({ user: user.name, pass: user.password }, done)), ended])
  } catch (error) {
    connection.close()
    throw error
  }
  return {
    hand: async (envelope, message, point) => {
      const handed = await hand(connection, envelope, message, point)
      if (handed.kind !== 'sent') {
        // A transaction that went wrong is not mended: the next letter gets a connection of its own.
        broken = true
        connection.close()
      }
      return handed
    },
    isOpen: () => !broken,
    close: () => {
      if (!broken) connection.quit()
      setTimeout(() => connection.close(), broken ? 0 : 1_000).unref()
    },
  }
}

function hand(
  connection: SMTPConnection,
  envelope: Envelope,
  message: Uint8Array,
  point: () => Promise<boolean>,
): Promise<Handed> {
  return new Promise((resolve) => {
    let asked = false
    let gone = false
    let lost = false
    let pointFailed: string | null = null
    // Nothing is read before the server asked for the message, so the first read is the last moment at which nothing has happened.
    const body = new Readable({
      read() {
        if (asked) return
        asked = true
        point().then(
          (mine) => {
            if (mine) {
              gone = true
              body.push(message)
              body.push(null)
            } else {
              lost = true
              body.destroy(new Error('the claim was lost'))
            }
          },
          (error: unknown) => {
            pointFailed = wordsOf(error)
            body.destroy(new Error('the claim could not be marked'))
          },
        )
      },
    })
    const use8BitMime = message.some((byte) => byte > 127)
    connection.send({ ...envelope, to: [envelope.to], size: message.length, use8BitMime }, body, (error, info) => {
      if (error === null || error === undefined) return resolve({ kind: 'sent', answer: info.response.slice(0, 500) })
      if (lost) return resolve({ kind: 'lost' })
      if (pointFailed !== null) return resolve({ kind: 'later', why: pointFailed })
      resolve(judge(error, gone))
    })
  })
}

/** What an error says of the message: only an answer to the message itself, once it is out, settles what became of it. */
function judge(error: SMTPConnection.SMTPError, gone: boolean): Handed {
  const why = wordsOf(error)
  const status = error.responseCode ?? 0
  const answered = status >= 400 && (error.code === 'EMESSAGE' || error.code === 'EENVELOPE')
  if (gone && !answered) return { kind: 'unsure', why }
  const tooLarge = error.code === 'EMESSAGE' && error.command === 'MAIL FROM'
  return (answered && status >= 500) || tooLarge ? { kind: 'refused', why } : { kind: 'later', why }
}

/** An error's words, short and on one line: they come from the server. */
export function wordsOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.replace(/[^\x20-\x7e]+/g, ' ').slice(0, 300)
}

function called(run: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((done, failed) => run((error) => (error ? failed(error) : done())))
}
