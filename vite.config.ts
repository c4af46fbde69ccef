import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// The page is served by Weir itself, under a policy that allows neither inline scripts nor data: fonts.
export default defineConfig({
  root: 'src/web',
  plugins: [react()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: 'es2024',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  server: {
    port: 4181,
    strictPort: true,
    proxy: Object.fromEntries(['/v1', '/ledger', '/.well-known', '/schemas'].map((path) => [path, 'http://127.0.0.1:4180'])),
  },
})
