import { Link } from '@tanstack/react-router'

/** What an operator without an inventory reads: what this is, what to do first, whom to ask. */
export function NothingYet() {
  return (
    <div className="stack measure nothingyet">
      <p>
        Weir compares a list of the software you run (an <b>inventory</b>) with what is known of flaws, and says what to update
        first, where, and by when. You need no security team for it.
      </p>
      <ol className="numbered stack tight">
        <li>
          <b>Get a list.</b> Ask whoever sold or installed a system for its SBOM; the maker has to know the word. Of a Linux
          server take <code>/var/lib/dpkg/status</code> or what <code>rpm -qa</code> prints. Of your own programs take the lock
          file.
        </li>
        <li>
          <b>Bring it here.</b>{' '}
          <Link to="/exposure/$part" params={{ part: 'inventories' }}>
            Add an inventory
          </Link>
          ; nobody outside your organisation sees it, coordinators neither. Or keep it: <code>weir exposure</code> compares on
          your own machine and sends nothing.
        </li>
        <li>
          <b>Say which systems the internet can reach.</b> They come first. What you do not say counts as reachable.
        </li>
      </ol>
      <p className="s i2">
        Whom to ask: first whoever sold or installs the system for you. When you think that somebody has broken in, call your
        national or sector incident team before you change anything.
      </p>
    </div>
  )
}
