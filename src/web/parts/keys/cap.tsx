/** A key's cap beside the button that does the same; those who listen hear the button's words only. */
export function Cap({ children }: { children: string }) {
  return (
    <span className="kbd" aria-hidden="true">
      {children}
    </span>
  )
}
