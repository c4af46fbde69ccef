import type { Check, Complaint } from './complaint.ts'
import { proseOf, rowsUnder } from './markdown.ts'
import { dropComments } from './source.ts'
import { isTest, listFiles, readText } from './tree.ts'

const TEXT = /\.(ts|tsx|mjs|css|html|md)$|^\.ci\//
/** These files hold the words in order to find them. */
const EXEMPT = /^scripts\/checks\/|^docs\/glossary\.md$/

const STRAY: readonly (readonly [RegExp, string])[] = [
  [/\b(?:TODO|FIXME)\b/, 'promises work that is not done: do it or open an issue'],
  [/\blorem ipsum\b/i, 'is a filler'],
  [/@ts-(?:ignore|nocheck)\b/, 'silences the type checker'],
  [/(?<![\w.:/~-])\/(?:home|Users|root|workspace|mnt)\/[\w.-]+/, "names a path of somebody's machine"],
]
const STRAY_IN_TESTS = /\b(?:test|it|describe)\.only\(/

/** Unfinished work, machine paths, focused tests, and the words that the glossary says to avoid. */
export const words: Check = (root) => {
  const complaints: Complaint[] = []
  const files = listFiles(root).filter((path) => TEXT.test(path) && !EXEMPT.test(path))
  const avoided = readAvoided(root)
  for (const file of files) {
    const text = readText(root, file)
    const shown = textForPeople(file, text)
    for (const [n, line] of text.split('\n').entries()) {
      const at = `${file}:${n + 1}`
      for (const [pattern, says] of STRAY) {
        const found = pattern.exec(line)
        if (found && !(isTest(file) && says.includes('machine'))) complaints.push({ at, says: `"${found[0]}" ${says}` })
      }
      if (isTest(file) && STRAY_IN_TESTS.test(line))
        complaints.push({ at, says: 'runs one test alone and leaves out the others' })
      for (const word of avoided) {
        if (word.applies(file) && word.pattern.test(shown[n] ?? ''))
          complaints.push({ at, says: `"${word.avoid}": say ${word.say} (docs/glossary.md)` })
      }
    }
  }
  return complaints
}

interface Avoided {
  readonly avoid: string
  readonly say: string
  readonly pattern: RegExp
  readonly applies: (file: string) => boolean
}

/** Reads the glossary's table: word | say instead | where. */
function readAvoided(root: string): Avoided[] {
  if (!listFiles(root).includes('docs/glossary.md')) return []
  return rowsUnder(readText(root, 'docs/glossary.md'), /^Words to avoid$/).flatMap(({ cells }) => {
    const [avoid = '', say = '', where = ''] = cells
    return [...avoid.matchAll(/`([^`]+)`/g)].map((m) => ({
      avoid: m[1]!,
      say,
      pattern: new RegExp(`\\b${m[1]!.replaceAll(/[^\w ]/g, '\\$&')}\\b`, 'i'),
      applies: (file: string) => where !== 'docket' || /\bdocket\b/.test(file),
    }))
  })
}

/** What people read of a file, line by line: prose of documents; of code that is shown, all but comments and imports. */
function textForPeople(file: string, text: string): string[] {
  if (file.endsWith('.md')) return proseOf(text).split('\n')
  const shows = /^src\/(web|cli|contract)\//.test(file) || /\bdocket\b/.test(file)
  return shows && !isTest(file)
    ? dropComments(text)
        .split('\n')
        // `permits` is the name of the policy's question, about people and never about a model.
        .map((line) => (/^\s*import\b/.test(line) ? '' : line.replaceAll(/\bpermits\(/g, '(')))
    : []
}
