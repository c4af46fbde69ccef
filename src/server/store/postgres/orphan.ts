import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const FAST_WITHIN_MS = 20_000
const GONE_WITHIN_MS = 10_000

/**
 * Clears away what a killed Weir left running on `home`. Call only while holding the data folder: then a server there has no
 * owner any more. It is ended in order, and its last sessions are waited for. A process is taken for one only if it works in
 * that very folder, so a number used again by a stranger after a restart of the machine is never signalled. True when a
 * server was ended.
 */
export async function endOrphan(home: string, socketDir: string): Promise<boolean> {
  const pidFile = join(home, 'postmaster.pid')
  const pid = pidIn(pidFile)
  if (pid === null) return clearSocket(socketDir)
  const ours = worksIn(pid, home)
  if (ours) await endServer(pid, home)
  // PostgreSQL looks only at the number: another program that has it now would keep us out for ever.
  else if (isAlive(pid)) rmSync(pidFile, { force: true })
  const give = performance.now() + GONE_WITHIN_MS
  while (sessionsIn(home).length > 0) {
    if (performance.now() > give)
      throw new Error(`processes ${sessionsIn(home).join(', ')} still work on ${home}; end them and start again`)
    await sleep(20)
  }
  clearSocket(socketDir)
  return ours
}

/** The socket's lock holds a number as well, which may be a stranger's by now or a process that nobody has buried yet. */
function clearSocket(socketDir: string): false {
  for (const name of ['.s.PGSQL.5432', '.s.PGSQL.5432.lock']) rmSync(join(socketDir, name), { force: true })
  return false
}

async function endServer(pid: number, home: string): Promise<void> {
  signal(pid, 'SIGINT')
  const fast = performance.now() + FAST_WITHIN_MS
  while (worksIn(pid, home)) {
    if (performance.now() > fast) {
      signal(pid, 'SIGQUIT')
      await sleep(500)
      if (performance.now() > fast + 5_000)
        throw new Error(`the PostgreSQL left over on ${home} (process ${pid}) does not end; end it and start again`)
    }
    await sleep(20)
  }
}

function pidIn(file: string): number | null {
  try {
    const pid = Number(readFileSync(file, 'utf8').split('\n', 1)[0])
    return Number.isInteger(pid) && pid > 1 && pid !== process.pid ? pid : null
  } catch {
    return null
  }
}

/** Whether the process is a PostgreSQL whose working folder is `home`: every one of them moves there at its start. */
function worksIn(pid: number, home: string): boolean {
  if (process.platform === 'linux') {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(home)
    } catch {
      return false
    }
  }
  try {
    const command = execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
    return command.includes('postgres') && command.includes(home)
  } catch {
    return false
  }
}

function sessionsIn(home: string): number[] {
  if (process.platform !== 'linux') return []
  const at = realpathSync(home)
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    try {
      return readlinkSync(`/proc/${name}/cwd`) === at ? [Number(name)] : []
    } catch {
      return []
    }
  })
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function signal(pid: number, name: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
