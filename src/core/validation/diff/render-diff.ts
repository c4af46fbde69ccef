import type { FileChange, Hunk } from './file-change.ts'

/**
 * Writes confined changes as one git patch to be applied with one folder stripped. What is applied is this text and never the
 * patch as it came, so that no program can read into it more than was looked at.
 */
export function renderDiff(files: readonly FileChange[]): Uint8Array {
  const text = files.map(renderFile).join('')
  return Uint8Array.from(text, (c) => c.charCodeAt(0) & 255)
}

function renderFile(file: FileChange): string {
  const [from, to] = [file.from ?? file.to!, file.to ?? file.from!]
  const out = [`diff --git ${named('a', from)} ${named('b', to)}`]
  if (file.from === null) out.push(`new file mode ${file.newMode ?? '100644'}`)
  else if (file.to === null) out.push(`deleted file mode ${file.oldMode ?? '100644'}`)
  else if (file.oldMode !== null && file.newMode !== null) out.push(`old mode ${file.oldMode}`, `new mode ${file.newMode}`)
  if (file.moved) {
    const word = file.moved === 'renamed' ? 'rename' : 'copy'
    out.push(`${word} from ${named('', from)}`, `${word} to ${named('', to)}`)
  }
  if (file.hunks.length > 0) {
    out.push(file.from === null ? '--- /dev/null' : `--- ${named('a', from)}${tab(from)}`)
    out.push(file.to === null ? '+++ /dev/null' : `+++ ${named('b', to)}${tab(to)}`)
  }
  return `${out.join('\n')}\n${file.hunks.map(renderHunk).join('')}`
}

function renderHunk(hunk: Hunk): string {
  const old = hunk.lines.filter((line) => line.mark !== '+').length
  const fresh = hunk.lines.filter((line) => line.mark !== '-').length
  const lines = hunk.lines.map((line) => `${line.mark}${line.text}\n${line.ended ? '' : '\\ No newline at end of file\n'}`)
  return `@@ -${hunk.oldStart},${old} +${hunk.newStart},${fresh} @@\n${lines.join('')}`
}

function named(side: string, path: string): string {
  const whole = side === '' ? path : `${side}/${path}`
  return /["\x80-\xff]/.test(whole) ? `"${[...whole].map(escaped).join('')}"` : whole
}

function escaped(c: string): string {
  const code = c.charCodeAt(0)
  return c === '"' ? '\\"' : code > 126 ? `\\${code.toString(8).padStart(3, '0')}` : c
}

// As git does it, so that a name with spaces ends where it ends.
function tab(path: string): string {
  return path.includes(' ') ? '\t' : ''
}
