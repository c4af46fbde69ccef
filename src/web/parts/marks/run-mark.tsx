/** How the runs of one cell went: filled = fires, hollow = does not, half = sometimes, dash = not run. Always with the count. */
export type RunMarkKind = 'fires' | 'silent' | 'sometimes' | 'not-run'

const SPOKEN: Record<RunMarkKind, string> = {
  fires: 'fires',
  silent: 'does not fire',
  sometimes: 'fires sometimes',
  'not-run': 'not run',
}

export function RunMark({ kind, fired, of }: { kind: RunMarkKind; fired?: number; of?: number }) {
  return (
    <span className={`mark ${kind === 'not-run' ? 'i3' : ''}`}>
      <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true" focusable="false">
        {kind === 'fires' ? <circle cx="7" cy="7" r="5.2" fill="var(--ink)" /> : null}
        {kind === 'silent' ? <circle cx="7" cy="7" r="4.7" fill="none" stroke="var(--ink-2)" strokeWidth="1.3" /> : null}
        {kind === 'sometimes' ? (
          <>
            <circle cx="7" cy="7" r="4.7" fill="none" stroke="var(--ink)" strokeWidth="1.3" />
            <path d="M7 2.3a4.7 4.7 0 0 1 0 9.4z" fill="var(--ink)" />
          </>
        ) : null}
        {kind === 'not-run' ? <path d="M3 7h8" stroke="var(--ink-3)" strokeWidth="1.3" /> : null}
      </svg>
      <span className="vh">{SPOKEN[kind]}, </span>
      {kind === 'not-run' || of === undefined ? 'not run' : `${fired ?? 0} of ${of}`}
    </span>
  )
}
