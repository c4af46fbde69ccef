import { count } from '../../parts/time/format.ts'
import { SHARE_WORDS, SHARES, type Share } from './standing.ts'

/** The whole as one bar from zero: who said what, and the silent as a dashed length. */
export function PartyBar({ shares }: { shares: Readonly<Record<Share, number>> }) {
  const shown = SHARES.filter((share) => shares[share] > 0)
  const whole = shown.reduce((sum, share) => sum + shares[share], 0)
  if (whole === 0) return null
  const says = shown.map((share) => `${count(shares[share])} ${share === 'silent' ? 'silent' : SHARE_WORDS[share]}`).join(', ')
  return (
    <div>
      <div className="partybar" role="img" aria-label={`${count(whole)} asked: ${says}`}>
        {shown.map((share) => (
          <i key={share} className={`share-${share}`} style={{ flexGrow: shares[share] }} />
        ))}
      </div>
      <ul className="partylegend xs">
        {shown.map((share) => (
          <li key={share}>
            <i className={`share-${share}`} aria-hidden="true" />
            <b>{count(shares[share])}</b> {SHARE_WORDS[share]}
          </li>
        ))}
      </ul>
    </div>
  )
}
