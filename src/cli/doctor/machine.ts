import { statfsSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { bytes } from '../text/figures.ts'
import { type Check, good, lacking, noting, wanting } from './check.ts'
import { firstThere } from './postgres.ts'

const NODE = 24
const LITTLE = 2 * 2 ** 30
const TOO_LITTLE = 512 * 2 ** 20

/** The Node that runs this. */
export function checkNode(version: string): Check {
  const major = Number(version.split('.')[0])
  return major >= NODE
    ? good('Node', version)
    : lacking('Node', `${version}; Weir needs ${NODE}`, 'npm ci --include=dev --include=optional')
}

/** Room where the data folder is or will be. */
export function checkDisk(data: string): Check {
  const { bavail, bsize } = statfsSync(firstThere(data))
  const free = bavail * bsize
  const say = `${bytes(free)} free for ${data}`
  if (free < TOO_LITTLE) return lacking('disk', say, 'Free some space, or name a folder on another disk with --data')
  return free < LITTLE ? noting('disk', `${say}; a million reports need more`) : good('disk', say)
}

/** Whether others can reach a folder that they must not; one that is not there yet is fine. */
export function checkFolder(name: string, path: string, secret: boolean): Check {
  const is = statSync(path, { throwIfNoEntry: false })
  if (is === undefined) return good(name, `${path}, made at the first start`)
  if (!is.isDirectory()) return lacking(name, `${path} is not a folder`, `mv '${path}' '${path}.old'`)
  const uid = process.getuid?.()
  if (uid !== undefined && uid !== 0 && is.uid !== uid)
    return lacking(name, `${path} belongs to another account (${is.uid})`, `sudo chown -R ${uid} '${path}'`)
  const open = is.mode & (secret ? 0o077 : 0o066)
  if (open !== 0)
    return (secret ? lacking : noting)(
      name,
      `${path} can be reached by others (mode ${(is.mode & 0o777).toString(8)})`,
      `chmod ${secret ? '-R go=' : 'go-rw'} '${path}'`,
    )
  return good(name, path)
}

/** Whether the port is free on this machine. */
export async function checkPort(port: number): Promise<Check> {
  const code = await tryPort('127.0.0.1', port)
  if (code === null) return good('port', `${port} is free`)
  if (code === 'EADDRINUSE')
    return noting('port', `${port} is taken: by Weir itself when weir status names it`, `weir up --port ${port + 1}`)
  return lacking('port', `${port} cannot be used (${code})`, 'Choose a port above 1023 with --port')
}

/** Whether this machine has an IPv6 loopback; without it Weir answers on 127.0.0.1 alone. */
export async function checkIpv6(): Promise<Check> {
  const code = await tryPort('::1', 0)
  return code === null
    ? good('IPv6', 'loopback ::1 answers')
    : wanting('IPv6', `no loopback (${code}): Weir answers on 127.0.0.1 alone`, 'sysctl -w net.ipv6.conf.lo.disable_ipv6=0')
}

function tryPort(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'failed'))
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(null)))
  })
}

/** Whether the clock can be right: embargoes, tokens and the ledger's intervals go by it. */
export function checkClock(now: number, made: number): Check {
  const year = new Date(now).getUTCFullYear()
  if (year < 2026 || year > 2100) return lacking('clock', `the year is ${year}`, 'timedatectl set-ntp true')
  return now < made - 86_400_000
    ? noting('clock', 'it is set before this copy of Weir was made', 'timedatectl set-ntp true')
    : good('clock', new Date(now).toISOString())
}
