import type { ReactNode } from 'react'
import { Dialog } from 'react-aria-components/Dialog'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'

/** A sheet over the page: closes with Esc or a press outside, gives the focus back. */
export function Sheet(props: {
  label: string
  open: boolean
  onClose: () => void
  wide?: boolean
  flush?: boolean
  children: ReactNode
}) {
  const { label, open, onClose, wide = false, flush = false, children } = props
  return (
    <ModalOverlay className="veil" isOpen={open} onOpenChange={(next) => !next && onClose()} isDismissable>
      <Modal className={`sheet ${wide ? 'wide' : ''} ${flush ? 'flush' : ''}`}>
        <Dialog aria-label={label} className="stack">
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
