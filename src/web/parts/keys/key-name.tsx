const SHOWN: Record<string, string> = { Enter: '↵', Escape: 'Esc', 'ctrl k': 'Ctrl K' }

/** The keys of a binding as caps: `G` `Q`. */
export function KeyName({ keys }: { keys: string }) {
  const caps = SHOWN[keys] ? [SHOWN[keys]] : keys.split(' ').map((key) => SHOWN[key] ?? key.toUpperCase())
  return (
    <span className="row">
      {caps.map((cap) => (
        <kbd key={cap}>{cap === '↵' ? <Return /> : cap}</kbd>
      ))}
    </span>
  )
}

function Return() {
  return (
    <svg width="11" height="10" viewBox="0 0 11 10" role="img" aria-label="Enter" focusable="false">
      <path d="M9.500 1.500v4H2M4.500 3L2 5.500 4.500 8" fill="none" stroke="currentColor" strokeWidth="1.3" />
    </svg>
  )
}
