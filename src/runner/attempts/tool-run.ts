import type { Executed, LiveBox } from './live-box.ts'
import type { ToolAsk } from './tool-input.ts'

/** Bytes of a result that the model is shown. */
export const SHOWN = 64 << 10
/** Time beside the command's own until the whole box is ended. */
const GRACE_MS = 5000
const FILE_SECONDS = 20
const READ = 'exec tail -c "+$2" -- "$1" | head -c "$3"'
const WRITE = 'mkdir -p -- "$(dirname -- "$1")" && cat > "$1"'

export interface ToolResult {
  readonly output: string
  /** Bytes that are not in it. */
  readonly cut: number
  /** How the box ended by it; null while it lives. */
  readonly ended: string | null
}

/** Does one call in the attempt's box; `leftMs` bounds it. Rejects with HarnessFault where the sandbox failed. */
export async function runTool(box: LiveBox, ask: Exclude<ToolAsk, { tool: 'submit' }>, leftMs: number): Promise<ToolResult> {
  const room = Math.max(1, Math.min(Math.ceil(leftMs / 1000), Math.floor((box.wallMs - GRACE_MS) / 1000)))
  if (ask.tool === 'run') {
    const seconds = Math.min(ask.seconds, room)
    return told(await box.exec(within(seconds, 'bash', '-c', ask.command), { wallMs: seconds * 1000 + GRACE_MS }), seconds)
  }
  const seconds = Math.min(FILE_SECONDS, room)
  const wallMs = seconds * 1000 + GRACE_MS
  if (ask.tool === 'read') {
    const argv = within(seconds, 'bash', '-o', 'pipefail', '-c', READ, 'read', ask.path, String(ask.from + 1), String(SHOWN))
    return told(await box.exec(argv, { wallMs }), seconds)
  }
  const stdin = new TextEncoder().encode(ask.content)
  const ran = await box.exec(within(seconds, 'bash', '-c', WRITE, 'write', ask.path), { stdin, wallMs })
  const result = told(ran, seconds)
  return result.output === '' ? { ...result, output: `${stdin.length} bytes were written.` } : result
}

/** A command that is killed, with what it started in its group, after its time; the box lives on. */
function within(seconds: number, ...argv: string[]): readonly string[] {
  return ['timeout', '--signal=KILL', String(seconds), ...argv]
}

/** What a timeout of the command's own ends with. */
const KILLED = 'SIGKILL'

function told({ end, stdout, stderr, dropped }: Executed, seconds: number): ToolResult {
  const parts = [textOf(stdout), stderr.length === 0 ? '' : `[standard error]\n${textOf(stderr)}`]
  if (end.how === 'ended') {
    if (end.signal === KILLED || end.exit === 137) parts.push(`[killed, perhaps because ${seconds} seconds were over]`)
    else if (end.signal !== null) parts.push(`[ended by ${end.signal}]`)
    else if (end.exit !== 0) parts.push(`[exit code ${end.exit}]`)
  }
  const output = parts.filter((part) => part !== '').join('\n')
  return { output, cut: dropped, ended: end.how === 'ended' ? null : SAY[end.how] }
}

const SAY: Readonly<Record<Exclude<Executed['end']['how'], 'ended'>, string>> = {
  'wall-time': 'A command of its own ended the box: it could not be stopped in its time.',
  'cpu-time': 'A command of its own ended the box: processor time.',
  memory: 'A command of its own ended the box: memory.',
  files: 'A command of its own ended the box: number of files.',
  closed: 'The box was closed.',
  lost: 'A command of its own ended the box.',
}

/** Hostile bytes as text, without NUL, which some endpoints do not take. */
function textOf(bytes: Buffer): string {
  return bytes.toString('utf8').replaceAll('\0', '\ufffd')
}

/** The beginning and the end of a result, with what lies between counted. */
export function shown({ output, cut }: Pick<ToolResult, 'output' | 'cut'>): string {
  const whole = Buffer.from(output)
  if (whole.length <= SHOWN) return cut === 0 ? output : `${output}\n[${cut} bytes more were not kept]`
  const head = whole.subarray(0, (SHOWN * 3) / 4).toString('utf8')
  const tail = whole.subarray(whole.length - SHOWN / 4).toString('utf8')
  return `${head}\n[${whole.length - SHOWN + cut} bytes are left out here]\n${tail}`
}
