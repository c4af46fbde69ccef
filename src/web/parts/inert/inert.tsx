import { Fragment, type ReactNode } from 'react'
import { stretches } from './visible-text.ts'

/** Text from a report, in a line: never markup, direction kept inside, unseen characters written out; a path may break after `/`. */
export function Inert({ text, className = '', breaks = false }: { text: string; className?: string; breaks?: boolean }) {
  return (
    <bdi className={`inert ${className}`} translate="no">
      <Stretches text={text} limit={2_000} breaks={breaks} />
    </bdi>
  )
}

export function Stretches({ text, limit, breaks = false }: { text: string; limit: number; breaks?: boolean }) {
  return stretches(text, limit).map((stretch, n) =>
    stretch.seen ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a stretch has no other name than its place
      <span key={n} className="seen">
        {stretch.text}
      </span>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: as above
      <Fragment key={n}>{breaks ? broken(stretch.text) : stretch.text}</Fragment>
    ),
  )
}

const MOST_BREAKS = 40

function broken(text: string): ReactNode {
  const parts = text.split('/')
  if (parts.length > MOST_BREAKS) return text
  return parts.map((part, n) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a part has no other name than its place
    <Fragment key={n}>
      {n > 0 ? (
        <>
          /<wbr />
        </>
      ) : null}
      {part}
    </Fragment>
  ))
}
