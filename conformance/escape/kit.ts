import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeTar } from './make-tar.ts'

/** The programs of this suite, on the host and as an archive for the depot. */
export interface Kit {
  readonly program: string
  readonly archive: Uint8Array
}

/** Compiles the attempts into one program below `folder`, without shared libraries where the machine can. Null: no C compiler. */
export function buildKit(folder: string): Kit | null {
  const sources = join(import.meta.dirname, 'attempts')
  const files = readdirSync(sources).flatMap((name) => (name.endsWith('.c') ? [join(sources, name)] : []))
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  const program = join(folder, 'attempts')
  let said = ''
  for (const linking of [['-static'], []]) {
    const done = spawnSync('cc', ['-O1', ...linking, '-pthread', '-o', program, ...files], { encoding: 'utf8' })
    if (done.error) return null
    said = done.stderr
    if (done.status !== 0) continue
    chmodSync(program, 0o755)
    const body = readFileSync(program)
    return {
      program,
      archive: makeTar([
        { name: 'attempts', body, mode: 0o755 },
        { name: 'setuid', body, mode: 0o6755 },
        { name: 'spare', body: new TextEncoder().encode('spare') },
      ]),
    }
  }
  throw new Error(`the attempts do not compile:\n${said}`)
}
