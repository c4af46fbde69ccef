import { rmSync, statSync } from 'node:fs'
import { connect, createServer } from 'node:net'

// Named without its folder, since the system's limit for such a path is short: the process stands in the folder.
const NAME = 'lock'

export interface Lock {
  /** Whether it is still this process that holds it. */
  isHeld(): boolean
}

/**
 * Takes the folder that this process stands in for itself; null where another one lives in it. The system lets go of it when the
 * process ends, however it ends.
 */
export async function takeLock(): Promise<Lock | null> {
  if (await isAnswered()) return null
  rmSync(NAME, { force: true })
  const server = createServer((socket) => socket.destroy()).unref()
  const isOurs = await new Promise<boolean>((done) => server.once('error', () => done(false)).listen(NAME, () => done(true)))
  if (!isOurs) return null
  const node = statSync(NAME).ino
  const isHeld = () => statSync(NAME, { throwIfNoEntry: false })?.ino === node
  // Two that started at once may both have found nobody: the later one's name stands, and the other sees that here.
  await new Promise((done) => setTimeout(done, 60))
  return isHeld() ? { isHeld } : null
}

function isAnswered(): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(NAME)
    socket.once('connect', () => {
      socket.destroy()
      done(true)
    })
    socket.once('error', () => done(false))
  })
}
