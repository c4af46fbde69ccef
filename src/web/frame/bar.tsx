import { useQuery } from '@tanstack/react-query'
import { Link, useLocation } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { meQuery } from '../api/queries.ts'
import { Sheet } from '../parts/dialog/sheet.tsx'
import { BrandMark } from '../parts/marks/brand-mark.tsx'
import { Icon } from '../parts/marks/icon.tsx'
import { clock, day } from '../parts/time/format.ts'
import { useServerNow } from '../parts/time/server-clock.ts'
import { Find } from './find.tsx'
import { RailLinks } from './rail.tsx'
import { Who } from './who.tsx'

/** The top bar: who runs this, where one is, find, the server's clock, who one is. */
export function Bar() {
  const { data: me } = useQuery(meQuery)
  const { pathname } = useLocation()
  const { now, fresh } = useServerNow()
  const [open, setOpen] = useState(false)
  const id = /^\/(flaws|cases|reports|status)\/([^/]+)/.exec(pathname)
  return (
    <header className="bar">
      <Button className="btn plain onlynarrow" aria-label="Desks" onPress={() => setOpen(true)}>
        <Icon name="menu" />
      </Button>
      <Link className="brand" to="/">
        <BrandMark />
        <span>Weir</span>
      </Link>
      <div className="crumbs cut">
        <b className="cut">{me?.instance.name}</b>
        {id ? (
          <>
            <span aria-hidden="true">/</span> <span className="mono cut">{decodeURIComponent(id[2]!)}</span>
          </>
        ) : null}
      </div>
      <Find />
      {now !== null ? (
        <div className="clock">
          {fresh ? (
            <>
              <b>{clock(now)}</b> UTC<span className="date">, {day(now)}</span>
            </>
          ) : (
            'clock not certain'
          )}
        </div>
      ) : null}
      <Who />
      <Sheet label="Desks" open={open} onClose={() => setOpen(false)}>
        <nav aria-label="Desks" className="stack tight sheetnav">
          <RailLinks onGo={() => setOpen(false)} />
          <Find onGo={() => setOpen(false)} narrow />
        </nav>
      </Sheet>
    </header>
  )
}
