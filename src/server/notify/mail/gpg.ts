import { spawn } from 'node:child_process'

const MOST_MS = 20_000
const MOST_OUT = 8 * 1024 * 1024
const ALWAYS = ['--batch', '--no-tty', '--no-options', '--quiet', '--no-autostart', '--disable-dirmngr', '--no-auto-key-locate']

/** What gpg answered: its code and standard output; null for the code where it was stopped. */
export interface GpgAnswer {
  readonly code: number | null
  readonly out: Uint8Array
}

/** Runs gpg in a home of its own, with nothing of this process's surroundings, within 20 s. `absent` where it is not installed. */
export async function runGpg(home: string, args: readonly string[], input: Uint8Array): Promise<GpgAnswer | 'absent'> {
  return await new Promise((resolve) => {
    const child = spawn('gpg', ['--homedir', home, ...ALWAYS, ...args], {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', HOME: home, LANG: 'C' },
      timeout: MOST_MS,
      killSignal: 'SIGKILL',
    })
    const chunks: Uint8Array[] = []
    let size = 0
    child.on('error', () => resolve('absent'))
    child.stdin.on('error', () => undefined)
    child.stdout.on('data', (chunk: Uint8Array) => {
      size += chunk.length
      if (size > MOST_OUT) child.kill('SIGKILL')
      else chunks.push(chunk)
    })
    child.on('close', (code) => resolve({ code, out: new Uint8Array(Buffer.concat(chunks)) }))
    child.stdin.end(input)
  })
}
