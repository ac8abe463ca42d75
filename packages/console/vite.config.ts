import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// `yunfab dev` is not a thing: run the platform (`npm start`) and `pnpm --filter @yunfab/console dev` beside it.
const platform = process.env['YUNFAB_URL'] ?? 'http://127.0.0.1:4600';

export default defineConfig({
  plugins: [react()],
  resolve: { conditions: ['yunfab-source', 'module', 'browser', 'development|production'] },
  build: { target: 'es2023', cssTarget: 'chrome123', modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
  server: { proxy: { '/api': platform, '/socket.io': { target: platform, ws: true } } },
});
