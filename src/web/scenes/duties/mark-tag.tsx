import { MARK_WORDS, type Mark } from './words.ts'

/** How sure a statement is: solid where somebody said so, dashed where it was looked for and not found. */
export function MarkTag({ mark }: { mark: Mark }) {
  return <span className={`tag ${mark === 'X' ? 'soon' : mark === 'U' ? 'assumed' : ''}`}>{MARK_WORDS[mark]}</span>
}
