/** The weir: water held at a notch above two lines of flow. */
export function BrandMark() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d="M1 6h6.500L12 14l4.500-8H23" fill="none" stroke="currentColor" strokeWidth="2.2" strokeLinejoin="round" />
      <path d="M1 18.500h22M1 22h22" stroke="var(--accent)" strokeWidth="1.700" />
    </svg>
  )
}
