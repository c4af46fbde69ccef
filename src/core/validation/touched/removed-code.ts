import { linesOf } from '../diff/file-change.ts'
import { functionSizes } from './functions.ts'
import type { Finding, TouchedFile } from './touched-file.ts'

/** Tokens of a body from which emptying it counts, and what may be left. */
const BODY_LEAST = 15
const LEFT_MOST = 6
const LEFT_SHARE = 0.2
/** Lines of code taken out and nothing put in: above this a feature is gone, below it may be one wrong call. */
const ONLY_REMOVED_LEAST = 6

/** Code that was taken out without another taking its place. */
export function removedCode(files: readonly TouchedFile[]): Finding[] {
  const added = files.reduce((sum, file) => sum + file.addedCode.length, 0)
  const removed = files.reduce((sum, file) => sum + file.removedCode.length, 0)
  const found = files.flatMap((file) => [...emptied(file), ...commentedOut(file), ...wordsGone(file, files)])
  if (removed > 0 && added === 0) {
    const say = `It takes out ${removed} lines of code and puts in none.`
    found.push({ fails: removed >= ONLY_REMOVED_LEAST, say })
  } else if (removed >= 10 && removed >= 4 * added) {
    found.push({ fails: false, say: `It takes out ${removed} lines of code and puts in ${added}.` })
  }
  return found
}

function emptied(file: TouchedFile): Finding[] {
  if (file.family === null || file.change.to === null) return []
  const [before, after] = [functionSizes(file.before, file.family), functionSizes(file.after, file.family)]
  const fresh = [...after].some(([name, size]) => !before.has(name) && size >= BODY_LEAST)
  return [...before].flatMap(([name, size]): Finding[] => {
    const now = after.get(name)
    if (size < BODY_LEAST) return []
    if (now === undefined) return [{ fails: false, say: `${file.path}: the function ${name} is gone.` }]
    if (now > Math.max(LEFT_MOST, size * LEFT_SHARE)) return []
    // A body that moved into a new function is work, not loss.
    return [{ fails: !fresh, say: `${file.path}: the function ${name} is all but empty (${size} tokens before, ${now} now).` }]
  })
}

function commentedOut(file: TouchedFile): Finding[] {
  if (file.family === null) return []
  const gone = new Set(
    linesOf(file.change, '-')
      .map((line) => line.trim())
      .filter((line) => line.length >= 8),
  )
  const lines = linesOf(file.change, '+')
  const now = lines.filter((line) => {
    const comment = /^\s*(?:\/\/|\/\*|#|\*)\s*(.*)$/.exec(line.slice(0, 500))
    return comment && gone.has(comment[1]!.replace(/\s*\*\/\s*$/, '').trim())
  })
  return now.length === 0 ? [] : [{ fails: true, say: `${file.path}: ${now.length} lines of code became comments.` }]
}

const WORD = /["']([A-Za-z][A-Za-z0-9_.-]{2,30}:?)["']/g
const CASE = /\bcase\s+([A-Za-z_'"][A-Za-z0-9_:.'"]{0,60})\s*:/g

// Names of options, commands, headers, cases: one that the file no longer knows is a feature that no longer is.
function wordsGone(file: TouchedFile, files: readonly TouchedFile[]): Finding[] {
  const net = file.removedCode.length - file.addedCode.length
  const words = new Set<string>()
  for (const line of linesOf(file.change, '-')) {
    for (const pattern of [WORD, CASE]) for (const match of line.slice(0, 500).matchAll(pattern)) words.add(match[1]!)
    if (words.size > 200) break
  }
  const gone = [...words].filter((word) => file.before.includes(word) && !files.some(({ after }) => after.includes(word)))
  if (gone.length === 0 || file.family === null || file.family === 'hash') return []
  const named = gone.slice(0, 3).join(', ')
  return [{ fails: net >= 2, say: `${file.path} no longer knows ${named}${gone.length > 3 ? ' and others' : ''}.` }]
}
