import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { client } from './api/client.ts'
import './look/fonts.css'
import './look/tokens.css'
import './look/text.css'
import './look/frame.css'
import './look/controls.css'
import './look/tables.css'
import './look/scenes.css'
import './look/queue.css'
import './look/flaw.css'
import './look/proof.css'
import './look/docket.css'
import './look/case.css'
import './look/cases.css'
import './look/scans.css'
import './look/inbox.css'
import './look/public.css'
import './look/duties.css'
import './look/exposure.css'
import './look/widths.css'
import { applyTheme } from './parts/preference.ts'
import { router } from './router.tsx'

applyTheme()
createRoot(document.getElementById('page')!).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
)
