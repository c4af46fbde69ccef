import type { Console } from '../console.ts'
import { EXIT, Stop } from '../exit.ts'
import { object } from '../http/read.ts'
import { inert } from '../text/inert.ts'
import type { Listener, Ready, ServerProcess } from './server-process.ts'

const WARN = 40

/** Shows the steps of a start, and of the server's log what an operator must see: all of it in a pipe, warnings on a terminal. */
export function listenOn(screen: Console, logs: 'all' | 'warnings'): Listener {
  return {
    step: (say) => screen.tell(screen.tellInk.dim(`starting   ${say}`)),
    log: (line) => {
      if (logs === 'all' || isWarning(line)) screen.tell(inert(line, 2000))
    },
  }
}

/** Whether a line of the log is a warning or worse, or not a line of the log at all. */
export function isWarning(line: string): boolean {
  try {
    const { level } = object(JSON.parse(line))
    return typeof level !== 'number' || level >= WARN
  } catch {
    return line.trim() !== ''
  }
}

const DATABASE: Record<Ready['database'], string | null> = {
  direct: null,
  dropped: 'the database runs as another account, because it does not run as root',
  namespace: 'the database runs in a user namespace: for demonstration',
  outside: 'the database is the one of DATABASE_URL',
}

/** Address, folders, notes and, once, the first administrator's link. */
export function readyLines(ready: Ready, screen: Console, milliseconds: number): string[] {
  const seconds = (milliseconds / 1000).toFixed(1)
  const database = DATABASE[ready.database]
  const notes = ready.notes.length > 0 ? ready.notes : database === null ? [] : [database]
  return [
    `${'page'.padEnd(9)}  ${screen.tellInk.strong(inert(ready.url))}   ${screen.tellInk.dim(`after ${seconds} s`)}`,
    `${'data'.padEnd(9)}  ${inert(ready.data)}`,
    `${'keys'.padEnd(9)}  ${inert(ready.keys)}`,
    ...notes.map((note) => `${'note'.padEnd(9)}  ${screen.tellInk.soon(inert(note))}`),
    ...(ready.firstLink === null
      ? []
      : ['', 'First administrator: open this once, and add a passkey there.', `  ${inert(ready.firstLink, 2000)}`, '']),
  ]
}

/** Keeps serving until the person ends it or the server does; throws Stop (4) when it ended by itself. */
export async function keepServing(server: ServerProcess, signal: AbortSignal, screen: Console): Promise<void> {
  const stopping = () => screen.tell(screen.tellInk.dim('stopping   (Ctrl-C again: at once)'))
  if (signal.aborted) stopping()
  else signal.addEventListener('abort', stopping)
  const how = await server.ended
  signal.removeEventListener('abort', stopping)
  // Another command (weir stop) may have ended it in order.
  if (how !== null && how !== 'exit code 0')
    throw new Stop(
      EXIT.unavailable,
      `The server ended by itself (${how}).`,
      'Start it again; what was acknowledged is stored. Its last words are above.',
    )
  screen.tell('stopped')
}
