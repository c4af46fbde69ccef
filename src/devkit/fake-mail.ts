import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

/** How the server treats the next message. Servers in the wild do each of these. */
export type MailMood =
  | 'take'
  /** Takes the envelope and the message and never answers. */
  | 'stall'
  /** 451 to the recipient. */
  | 'later'
  /** 550 to the recipient. */
  | 'refuse'
  /** 452 or 554 once it has the message. */
  | 'later-after-data'
  | 'refuse-after-data'
  /** Keeps the message and breaks the connection without an answer. */
  | 'keep-and-close'
  /** Breaks the connection without keeping it. */
  | 'close-after-data'

export interface TakenMail {
  readonly from: string
  readonly to: readonly string[]
  readonly raw: Uint8Array
  readonly secure: boolean
}

/** A mail server on a loopback port that keeps what it took. */
export interface FakeMail {
  readonly port: number
  readonly taken: TakenMail[]
  mood: () => MailMood
  /** Told of each message that it keeps. */
  onTaken: (mail: TakenMail) => void
  close(): Promise<void>
}

const ANSWERS: Partial<Record<MailMood, readonly [number, string]>> = {
  later: [451, 'try again later'],
  refuse: [550, 'no such mailbox here'],
  'later-after-data': [452, 'no room just now'],
  'refuse-after-data': [554, 'not wanted'],
}

/** Starts the server. Its STARTTLS, where it offers it, has a certificate that nobody vouches for. */
export async function startFakeMail(starttls = false): Promise<FakeMail> {
  const taken: TakenMail[] = []
  const server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    logger: false,
    disabledCommands: starttls ? ['AUTH'] : ['STARTTLS', 'AUTH'],
    closeTimeout: 50,
    onRcptTo: (_address, _session, done) => {
      const mood = fake.mood()
      done(mood === 'later' || mood === 'refuse' ? answer(mood) : undefined)
    },
    onData: (stream, session, done) => {
      const chunks: Uint8Array[] = []
      stream.on('data', (chunk: Uint8Array) => chunks.push(chunk))
      stream.on('end', () => {
        const mood = fake.mood()
        const from = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address
        const to = session.envelope.rcptTo.map(({ address }) => address)
        const raw = new Uint8Array(Buffer.concat(chunks))
        if (mood === 'take' || mood === 'keep-and-close') {
          const mail = { from, to, raw, secure: session.secure }
          taken.push(mail)
          fake.onTaken(mail)
        }
        if (mood === 'stall') return
        if (mood === 'keep-and-close' || mood === 'close-after-data') return breakOff(session.id)
        done(answer(mood))
      })
    },
  })
  const fake: FakeMail = {
    port: 0,
    taken,
    mood: () => 'take',
    onTaken: () => {},
    close: () => new Promise((done) => server.close(() => done())),
  }
  function breakOff(id: string): void {
    for (const connection of server.connections as Set<{ id: string; _socket: { destroy(): void } }>)
      if (connection.id === id) connection._socket.destroy()
  }
  server.on('error', () => undefined)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return Object.assign(fake, { port: (server.server.address() as AddressInfo).port })
}

function answer(mood: MailMood): Error | null {
  const told = ANSWERS[mood]
  return told === undefined ? null : Object.assign(new Error(told[1]), { responseCode: told[0] })
}
