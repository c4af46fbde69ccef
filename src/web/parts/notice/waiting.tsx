/** Holds the room of what is being loaded; says so to those who listen. No movement. */
export function Waiting({ rows = 8, what }: { rows?: number; what: string }) {
  return (
    <div className="waiting" role="status">
      <span className="vh">Loading {what}</span>
      {Array.from({ length: rows }, (_, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: empty rows have no other name than their place
        <div key={n} className="waitrow" />
      ))}
    </div>
  )
}
