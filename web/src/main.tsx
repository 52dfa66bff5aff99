import '@fontsource-variable/inter/wght.css';
import './kit/mantine.css';
import './kit/kit.css';
import './app/app.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { speak } from './app/words';

const root = document.getElementById('root');
if (root) {
  void speak().then(() =>
    createRoot(root).render(
      <StrictMode>
        <App />
      </StrictMode>,
    ),
  );
}
