import { plainText } from './plain-text.ts'

// Whatever could begin markup in CommonMark or GitHub's flavour is escaped with a backslash, which both show as the character.
const ANYWHERE = /[\\`*_[\]<>&~|@#$^{}]/g
const LINE_START = /^[-+=]/gm
const NUMBERED = /^(\d{1,9})([.)])/gm
const SCHEME = /:(?=\/\/)/g
const WWW = /(www)\./gi

/** Text as markdown that shows it as it was written: no link, image, table, heading, list, code or HTML comes of it. */
export function inertMarkdown(text: string): string {
  return plainText(text)
    .replace(/^[ \t]+/gm, '')
    .replace(/ {2,}$/gm, '')
    .replace(ANYWHERE, '\\$&')
    .replace(LINE_START, '\\$&')
    .replace(NUMBERED, '$1\\$2')
    .replace(SCHEME, '\\:')
    .replace(WWW, '$1\\.')
}
