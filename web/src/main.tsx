import '@fontsource-variable/inter/wght.css';
import './kit/mantine.css';
import './kit/kit.css';
import './app/app.css';
import { i18n } from '@lingui/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { messages } from './locales/en/messages.po';

i18n.loadAndActivate({ locale: 'en', messages });
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
