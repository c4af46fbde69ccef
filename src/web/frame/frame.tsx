import { useQuery } from '@tanstack/react-query'
import { Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useEventStream } from '../api/live.ts'
import { meQuery } from '../api/queries.ts'
import { listenForKeys, useKeys } from '../parts/keys/keys.ts'
import { UndoOffer } from '../parts/notice/undo-offer.tsx'
import { Announcer } from './announcer.tsx'
import { Banners } from './banners.tsx'
import { Bar } from './bar.tsx'
import { Commands } from './commands.tsx'
import { desksOf } from './desks.ts'
import { Foot } from './foot.tsx'
import { KeySheet } from './key-sheet.tsx'
import { PublicHead } from './public-head.tsx'
import { Rail } from './rail.tsx'

const NONE: readonly string[] = []
const ALWAYS_PUBLIC = ['/public', '/sign-in', '/join']

/** Bar, rail, main and foot for those who are signed in; a plain head for everyone else. */
export function Frame() {
  const { data: me, failureCount } = useQuery(meQuery)
  const { pathname } = useLocation()
  const navigate = useNavigate()
  const [open, setOpen] = useState<'keys' | 'commands' | null>(null)
  const main = useRef<HTMLElement>(null)
  useEffect(listenForKeys, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page starts at its head
  useEffect(() => {
    main.current?.scrollTo(0, 0)
  }, [pathname])
  const atDesk = me?.signedIn === true && !ALWAYS_PUBLIC.includes(pathname)
  useEventStream(me?.signedIn === true ? me.roles : NONE)
  useKeys([
    { keys: '?', say: 'All keys', run: () => setOpen('keys') },
    { keys: 'ctrl k', say: 'All commands', run: () => setOpen('commands') },
    ...desksOf(me).flatMap((desk) =>
      desk.keys
        ? [{ keys: desk.keys, say: `Go to ${desk.name.toLowerCase()}`, run: () => void navigate({ to: desk.to }) }]
        : [],
    ),
  ])
  const sheets = (
    <>
      <KeySheet open={open === 'keys'} onClose={() => setOpen(null)} />
      <Commands open={open === 'commands'} onClose={() => setOpen(null)} />
      <UndoOffer />
      <Announcer />
    </>
  )
  // Who comes by a one-time link has no account and wants one thing: no head, no desks.
  if (pathname.startsWith('/l/'))
    return (
      <div className="page">
        <main id="main" className="pubmain">
          <Outlet />
        </main>
        {sheets}
      </div>
    )
  // Which head stands above and whether a banner does is not known yet: the page loads unseen, so that nothing moves.
  const unseen = me === undefined && failureCount === 0
  if (!atDesk) {
    return (
      <div className="page" hidden={unseen}>
        <a className="skip" href="#main">
          Skip to the page
        </a>
        <Banners />
        <PublicHead />
        <main id="main" className="pubmain">
          <Outlet />
        </main>
        {sheets}
      </div>
    )
  }
  return (
    <div className="page desk">
      <a className="skip" href="#main">
        Skip to the page
      </a>
      <Banners />
      <div className="app">
        <Bar />
        <Rail />
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the part that scrolls must be reachable by keyboard */}
        <main id="main" ref={main} className="main" tabIndex={0}>
          <Outlet />
        </main>
        <Foot />
      </div>
      {sheets}
    </div>
  )
}
