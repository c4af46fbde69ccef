import { Button } from 'react-aria-components/Button'
import { Heading } from 'react-aria-components/Heading'
import { Sheet } from '../parts/dialog/sheet.tsx'
import { KeyName } from '../parts/keys/key-name.tsx'
import { bindingsInForce } from '../parts/keys/keys.ts'
import { setPreference, usePreference } from '../parts/preference.ts'

/** All keys in force on this page, and the way to turn single keys off. */
export function KeySheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const keys = usePreference('keys')
  return (
    <Sheet label="Keys" open={open} onClose={onClose}>
      <Heading slot="title" level={2}>
        Keys on this page
      </Heading>
      <dl className="keylist">
        {open
          ? bindingsInForce().map((binding) => (
              <div key={binding.keys}>
                <dt>
                  <KeyName keys={binding.keys} />
                </dt>
                <dd>{binding.say}</dd>
              </div>
            ))
          : null}
      </dl>
      <p className="s i2">Single keys work outside fields. They never send, publish or erase.</p>
      <div className="row">
        <Button className="btn" onPress={() => setPreference('keys', keys === 'on' ? 'off' : 'on')}>
          {keys === 'on' ? 'Turn single keys off' : 'Turn single keys on'}
        </Button>
        <Button className="btn" slot="close">
          Close
        </Button>
      </div>
    </Sheet>
  )
}
