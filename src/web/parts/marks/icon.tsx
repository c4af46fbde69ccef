const PATHS = {
  find: 'M11.300 7a4.300 4.300 0 1 1-8.600 0a4.300 4.300 0 0 1 8.600 0zM10.300 10.300l3.200 3.200',
  lock: 'M4.500 7h7a1 1 0 0 1 1 1v4.500a1 1 0 0 1-1 1h-7a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1zM5.500 7V5a2.500 2.500 0 0 1 5 0v2',
  late: 'M8 2.300l6 11H2zM8 6.600v3.200M8 11.700v.1',
  check: 'M3.200 8.400l3 3 6.400-6.800',
  cross: 'M4 4l8 8M12 4l-8 8',
  dash: 'M3.500 8h9',
  clock: 'M13.700 8a5.700 5.700 0 1 1-11.400 0a5.700 5.700 0 0 1 11.400 0zM8 4.800V8l2.200 1.500',
  down: 'M4 6.200L8 10.200l4-4',
  up: 'M4 9.800L8 5.800l4 4',
  menu: 'M2.500 4.500h11M2.500 8h11M2.500 11.500h11',
  queue: 'M2.500 4h11M2.500 8h11M2.500 12h7',
  findings: 'M3 2.500h7l3 3v8H3zM10 2.500v3h3',
  reports: 'M2.500 5.500l5.500-3 5.500 3v6l-5.500 2.500-5.500-2.500zM2.500 5.500L8 8.300l5.500-2.800M8 8.300V14',
  measured: 'M2.500 13.500h11M4 13V9M7 13V6M10 13V3.500M13 13V8',
  people: 'M8 7.500a2.500 2.500 0 1 0 0-5a2.500 2.500 0 0 0 0 5zM3 13.500c.5-3 2.500-4 5-4s4.500 1 5 4',
  token: 'M6.500 9.500a3 3 0 1 0-3 3a3 3 0 0 0 3-3zM6 8l7-5.500M10.500 4.500l1.500 2',
  receipt: 'M3.500 2.500h9v11l-1.500-1-1.500 1-1.500-1-1.500 1-1.500-1-1.500 1zM6 6h4M6 9h4',
  proof: 'M3 2.500h10v11H3zM5.500 6h2M5.500 9.500h2M9.500 6l1 1 1.500-2M9.500 9.500l1 1 1.500-2',
  docket: 'M3 3.500h10v9.500H3zM6 2v3M10 2v3M3 7h10M8 9v2h2',
  duty: 'M3 3.500h10v9.500H3zM6 2v3M10 2v3M3 7h10M5.800 10l1.500 1.500 2.900-3',
  plan: 'M2.500 13.500h11M3.500 11c2-6 4-6 5-3.500s2.500 2 4-3.500',
  case: 'M2.500 5h11v8h-11zM6 5V3h4v2M2.500 8.500h11',
  envelope: 'M2.200 3.800h11.600v8.600H2.200zM2.600 4.600L8 8.800l5.400-4.200',
  funnel: 'M2.500 3h11l-4.200 5v5l-2.600-1.500V8z',
  pause: 'M5.500 3.500v9M10.500 3.500v9',
  play: 'M5 3.500l7.500 4.500L5 12.500z',
  plus: 'M8 3.500v9M3.500 8h9',
  scan: 'M2.500 5.500v-3h3M10.500 2.500h3v3M13.500 10.500v3h-3M5.500 13.500h-3v-3M4.500 8h7',
  project: 'M2.500 4.500h4l1.500 2h5.500v6.500h-11z',
  bell: 'M4 11.500V7a4 4 0 0 1 8 0v4.500M2.500 11.500h11M7 13.500h2',
  hook: 'M10 2.500v6.500a3 3 0 1 1-6 0V8M10 5.500h3',
  advisory: 'M3.500 2.500h9v11h-9zM6 5.500h4M6 8h4M6 10.500h2.500',
  exposure: 'M2.500 3h11v3.500h-11zM2.500 9.500h6v3.500h-6zM5 4.700h.1M5 11.200h.1M10.500 11l1.500 1.500 2.500-3.500',
  send: 'M8 13V3M4.500 6.500L8 3l3.500 3.500',
} as const

export type IconName = keyof typeof PATHS

/** A drawn symbol; its word stands beside it, so it is hidden from those who listen. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="ic" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  )
}
