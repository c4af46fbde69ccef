import { visibleText } from './visible-text.ts'

const TAIL = 22

/** A long name that keeps both its ends: version and file matter most. Full text on hover and for those who listen. */
export function MiddleCut({ text }: { text: string }) {
  const seen = visibleText(text, 400)
  const long = seen.length > 44
  return (
    <span className="mid mono i3" title={seen} translate="no">
      <span className="start">{long ? seen.slice(0, -TAIL) : seen}</span>
      {long ? <span className="tail">{seen.slice(-TAIL)}</span> : null}
    </span>
  )
}
