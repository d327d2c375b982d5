import 'virtual:report.css';
import './app.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';

const place = document.getElementById('app');
if (place === null) throw new Error('index.html has no element with the id "app"');
createRoot(place).render(
  <StrictMode>
    <App />
  </StrictMode>,
);

// Without it the page still works, with a network.
if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  window.addEventListener('load', () => void navigator.serviceWorker.register('service-worker.js').catch(() => undefined));
}
