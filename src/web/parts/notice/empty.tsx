import type { ReactNode } from 'react'

/** One sentence of fact and one act. */
export function Empty({ fact, children }: { fact: string; children?: ReactNode }) {
  return (
    <div className="stack tight empty">
      <p>{fact}</p>
      {children ? <p className="s">{children}</p> : null}
    </div>
  )
}
