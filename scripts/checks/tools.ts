import { relative, resolve } from 'node:path'
import type { Check, Complaint } from './complaint.ts'
import { type Ran, tool } from './tool.ts'

/** The type checker over every room and the tests, each room seeing only what its project refers to. */
export const types: Check = (root) => {
  const ran = tool(root, 'typescript/bin/tsc', ['-b', '--pretty', 'false'])
  return lines(root, ran, 'tsc -b', /^(?<at>[^\s(][^(]*\(\d+,\d+\)): error (?<says>.*)$/)
}

/** Biome's formatter and linter. */
export const style: Check = (root) => {
  const ran = tool(root, '@biomejs/biome/bin/biome', [
    'check',
    '--reporter=github',
    '--max-diagnostics=none',
    '--colors=off',
    '.',
  ])
  return lines(
    root,
    ran,
    'biome check',
    /^::(?:error|warning) title=(?<title>[^,]*),file=(?<at>[^,]*),line=(?<line>\d+).*?::(?<says>.*)$/,
  )
}

/** Files, exports and packages that nothing uses. */
export const unused: Check = (root) => {
  const ran = tool(root, 'knip/bin/knip.js', ['--reporter', 'compact', '--no-progress', '--no-config-hints'])
  return lines(root, ran, 'knip', /^(?<at>[\w@.][^:]*): (?<says>.+)$/, /^(?<at>[\w@.][\w@./-]*\.[a-z]+)$/)
}

/** Complaints from a tool's lines; a tool that failed without a readable one is shown whole, so that nothing passes unseen. */
function lines(root: string, { ok, output }: Ran, name: string, ...patterns: readonly RegExp[]): Complaint[] {
  if (ok) return []
  const complaints = output.split('\n').flatMap((line) => {
    const groups = patterns.map((pattern) => pattern.exec(line.trim())?.groups).find((one) => one !== undefined)
    if (groups === undefined) return []
    const { at: found = '', line: row, title, says = 'nothing uses this file' } = groups
    const at = relative(root, resolve(root, found))
    // knip names an unused file by saying its path twice.
    if (says === found) return [{ at, says: 'nothing uses this file' }]
    return [{ at: row === undefined ? at : `${at}:${row}`, says: title === undefined ? says : `${title}: ${says}` }]
  })
  return complaints.length > 0 ? complaints : [{ at: name, says: `failed:\n${output.slice(-4000)}` }]
}
