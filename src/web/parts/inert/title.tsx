import { Inert } from './inert.tsx'
import { shortTitle } from './short-title.ts'
import { visibleText } from './visible-text.ts'

/** A flaw's or finding's title, cut to fit a line; whole on hover. */
export function Title({ text }: { text: string }) {
  const short = shortTitle(text)
  return (
    <span title={short === text ? undefined : visibleText(text, 600)}>
      <Inert text={short} />
    </span>
  )
}
