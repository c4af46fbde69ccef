import { useState } from 'react'
import type { SeverityOut } from '../../../contract/shapes/flaw.ts'
import type { InboxItem } from '../../../contract/shapes/project.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { Icon } from '../../parts/marks/icon.tsx'
import { severityWords } from '../../parts/marks/severity.ts'
import { SetSeverity } from './set-severity.tsx'

/** Three voices side by side, never a blend; the maintainer's own decides and is set here. */
export function SeverityVoices({ item }: { item: InboxItem }) {
  const [open, setOpen] = useState(false)
  const by = (voice: SeverityOut['voice']) => item.severities.filter((one) => one.voice === voice)
  const finders = by('finder')
  const ours = by('clearinghouse')[0]
  const yours = by('vendor')[0]
  return (
    <>
      <span className="voicesline">
        {finders.length > 0 ? (
          <span>
            Finders say <Inert text={span(finders)} />
          </span>
        ) : (
          <span className="i3">Finders say nothing</span>
        )}
        {ours ? (
          <span>
            we say <Inert text={severityWords(ours)} />
          </span>
        ) : null}
        {yours ? (
          <span>
            you say{' '}
            <b className="vendorsays" title={yours.value.slice(0, 200)}>
              <Inert text={severityWords(yours)} />
            </b>
          </span>
        ) : (
          <b>Yours decides.</b>
        )}
      </span>
      <button type="button" className="btn small" aria-expanded={open} onClick={() => setOpen(!open)}>
        {yours ? 'Change yours' : 'Set yours'} <Icon name={open ? 'up' : 'down'} />
      </button>
      {open ? <SetSeverity item={item} done={() => setOpen(false)} /> : null}
    </>
  )
}

function span(all: readonly SeverityOut[]): string {
  const scores = all.flatMap(({ score }) => (score === null ? [] : [score]))
  if (scores.length < 2) return severityWords(all.find(({ score }) => score !== null) ?? all[0]!)
  const [least, most] = [Math.min(...scores), Math.max(...scores)]
  return least === most ? severityWords(all[0]!) : `${least.toFixed(1)} to ${most.toFixed(1)}`
}
