import { useState } from 'react'
import { Autocomplete, useFilter } from 'react-aria-components/Autocomplete'
import { Input } from 'react-aria-components/Input'
import { Menu, MenuItem } from 'react-aria-components/Menu'
import { SearchField } from 'react-aria-components/SearchField'
import { Sheet } from '../parts/dialog/sheet.tsx'
import { KeyName } from '../parts/keys/key-name.tsx'
import { bindingsInForce, type KeyBinding } from '../parts/keys/keys.ts'
import { setPreference } from '../parts/preference.ts'

const OWN: readonly KeyBinding[] = [
  { keys: 'theme-light', say: 'Show light', run: () => setPreference('theme', 'light') },
  { keys: 'theme-dark', say: 'Show dark', run: () => setPreference('theme', 'dark') },
  { keys: 'theme-system', say: 'Show light or dark as the system', run: () => setPreference('theme', 'system') },
]

/** Everything that can be done on this page, found by typing. */
export function Commands({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { contains } = useFilter({ sensitivity: 'base' })
  const [typed, setTyped] = useState('')
  const commands = open ? [...bindingsInForce().filter((one) => one.keys !== 'ctrl k' && one.keys !== 'Escape'), ...OWN] : []
  const close = () => {
    setTyped('')
    onClose()
  }
  return (
    <Sheet label="All commands" open={open} onClose={close} flush>
      <Autocomplete filter={contains} inputValue={typed} onInputChange={setTyped}>
        <SearchField aria-label="Command" autoFocus className="commandfield">
          <Input placeholder="Type what you want to do" />
        </SearchField>
        <Menu
          className="menu"
          items={commands}
          renderEmptyState={() => <div className="menuitem i3">No command is named so</div>}
        >
          {(command) => (
            <MenuItem
              id={command.keys}
              textValue={command.say}
              className="menuitem"
              onAction={() => {
                close()
                // After the sheet has given the focus back.
                setTimeout(command.run, 0)
              }}
            >
              <span>{command.say}</span>
              {command.keys.startsWith('theme') ? null : <KeyName keys={command.keys} />}
            </MenuItem>
          )}
        </Menu>
      </Autocomplete>
    </Sheet>
  )
}
