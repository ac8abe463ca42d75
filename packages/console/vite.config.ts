import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** For `vite`: a platform that runs beside it (`npm start`). It takes requests of its own origin only, so Host stays as it is. */
const platform = { target: process.env['YUNFAB_URL'] ?? 'http://127.0.0.1:4600', changeOrigin: false };

export default defineConfig({
  plugins: [react()],
  resolve: { conditions: ['yunfab-source', 'module', 'browser', 'development|production'] },
  build: { target: 'es2023', cssTarget: 'chrome123', modulePreload: { polyfill: false }, assetsInlineLimit: 0, chunkSizeWarningLimit: 600 },
  server: { proxy: { '/api': platform, '/livez': platform, '/socket.io': { ...platform, ws: true } } },
});
