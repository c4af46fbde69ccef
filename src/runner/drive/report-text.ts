import { type DriveResult, parseReport } from '../../core/validation/run/drive.ts'

const MOST_ITEM = 16 << 10
const MOST = 512 << 10

/** A driver's report as a log for people: each item with its end, streams and answers. Hostile: empty where it is no report. */
export function reportText(bytes: Uint8Array): string {
  const results = readAll(bytes)
  let out = ''
  for (const [n, one] of results.entries()) {
    if (out.length > MOST) return `${out}-- the rest is left out\n`
    out += `-- item ${n + 1}: ${endOf(one)}\n${part(one.stdout)}${part(one.stderr)}`
    for (const answer of one.answers) out += `-- answer\n${part(answer)}`
  }
  return out
}

function readAll(bytes: Uint8Array): readonly DriveResult[] {
  try {
    const value = JSON.parse(new TextDecoder().decode(bytes)) as { results?: unknown } | null
    return Array.isArray(value?.results) ? (parseReport(bytes, value.results.length) ?? []) : []
  } catch {
    return []
  }
}

function endOf({ how, exit, signal, died }: DriveResult): string {
  const end = how !== 'ended' ? how : signal === null ? `exit ${exit}` : `signal ${signal}`
  return died ? `${end}, before it was asked to` : end
}

function part(bytes: Uint8Array): string {
  if (bytes.length === 0) return ''
  const text = new TextDecoder().decode(bytes.subarray(0, MOST_ITEM))
  return text.endsWith('\n') ? text : `${text}\n`
}
