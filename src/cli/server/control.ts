import { connect } from 'node:net'
import type { ControlReply, ControlRequest } from '../../contract/control.ts'
import { EXIT, Stop } from '../exit.ts'
import { Lines } from '../http/lines.ts'
import { object, text } from '../http/read.ts'
import { inert } from '../text/inert.ts'

export type Result = Extract<ControlReply, { event: 'done' }>['result']

/** Nobody listens on the socket: the server that wrote its path is gone. */
export class NobodyListens extends Error {
  override name = 'NobodyListens'
}

const LONGEST_LINE = 256 << 10

/** Asks a running server of the same account; throws Stop with its reason when it refuses, NobodyListens when it is gone. */
export function control(path: string, request: ControlRequest, progress: (say: string) => void = () => {}): Promise<Result> {
  return new Promise((resolve, reject) => {
    const socket = connect(path)
    const lines = new Lines(LONGEST_LINE)
    let connected = false
    const end = (act: () => void) => {
      act()
      socket.destroy()
    }
    socket.on('connect', () => {
      connected = true
      socket.write(`${JSON.stringify(request)}\n`)
    })
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EACCES' || error.code === 'EPERM')
        end(() =>
          reject(
            new Stop(EXIT.refused, 'Another account of this machine runs that server.', 'Run the command as that account.'),
          ),
        )
      else if (!connected) end(() => reject(new NobodyListens(error.message)))
    })
    socket.on('data', (chunk) => {
      try {
        for (const line of lines.push(chunk)) {
          const reply = object(JSON.parse(line))
          const say = inert(text(reply['say']) ?? '')
          const mend = text(reply['mend'])
          if (reply['event'] === 'progress') progress(say)
          if (reply['event'] === 'done') end(() => resolve(object(reply['result']) as Result))
          if (reply['event'] === 'failed')
            end(() => reject(new Stop(EXIT.unavailable, say, mend === null ? null : inert(mend))))
        }
      } catch {
        end(() => reject(new Stop(EXIT.unavailable, 'The control socket does not answer like a Weir server.')))
      }
    })
    socket.on('close', () => {
      // A server that was told to stop may close before its answer is out.
      if (request.do === 'stop') resolve({})
      else reject(new Stop(EXIT.unavailable, 'The server closed the connection before it had answered.'))
    })
  })
}
