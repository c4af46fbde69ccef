import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'react-aria-components/Button'
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu'
import { Popover } from 'react-aria-components/Popover'
import { meQuery } from '../api/queries.ts'
import { sendJson } from '../api/request.ts'
import { setPreference, usePreference } from '../parts/preference.ts'

/** Who one is here, with what is one's own: passkeys, light or dark, keys, the way out. */
export function Who() {
  const { data: me } = useQuery(meQuery)
  const client = useQueryClient()
  const navigate = useNavigate()
  const theme = usePreference('theme')
  const keys = usePreference('keys')
  if (!me?.person) return null
  const { name } = me.person
  const signOut = async () => {
    await sendJson('POST', '/v1/session/end').catch(() => undefined)
    client.clear()
    await navigate({ to: '/sign-in' })
  }
  return (
    <MenuTrigger>
      <Button className="who">
        <span className="initials" aria-hidden="true">
          {initials(name)}
        </span>
        <span>
          <span className="b name">{name}</span>
          <span className="i3 role">, {me.roles[0] ?? 'no role'}</span>
        </span>
        <span className="vh">menu</span>
      </Button>
      <Popover className="popover">
        <Menu className="menu" aria-label="Yours">
          <MenuItem className="menuitem" onAction={() => void navigate({ to: '/account' })}>
            Passkeys and recovery
          </MenuItem>
          {(['system', 'light', 'dark'] as const).map((one) => (
            <MenuItem key={one} className="menuitem" onAction={() => setPreference('theme', one)}>
              {one === 'system' ? 'Light or dark as the system' : one === 'light' ? 'Light' : 'Dark'}
              <span className="i3">{theme === one ? 'now' : ''}</span>
            </MenuItem>
          ))}
          <MenuItem className="menuitem" onAction={() => setPreference('keys', keys === 'on' ? 'off' : 'on')}>
            {keys === 'on' ? 'Turn single keys off' : 'Turn single keys on'}
          </MenuItem>
          <MenuItem className="menuitem" onAction={() => void signOut()}>
            Sign out
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '')
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => (word ? [...word][0] : '')).join('')
  return letters.toUpperCase()
}
