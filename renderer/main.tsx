import './setup';
import '@fontsource-variable/inter/wght.css';
import './ui/tokens.css';
import './ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { followKeyboard } from './actions/keyboard';
import { followEngine } from './bridge/engineStore';
import { followRendering } from './canvas/canvasStatus';
import { followDocument } from './document/describing';
import { followExports } from './document/exporting';
import { followInspected } from './document/inspecting';
import { openHandedFiles } from './document/opening';
import { followSources } from './document/sourceReading';
import { followPreferences } from './document/viewStore';
import { App } from './panels/App';
import { Fallback } from './panels/Fallback';
import { followTheme } from './ui/theme';

followTheme();
followPreferences();
followEngine();
followSources();
followDocument();
followExports();
followInspected();
followRendering();
followKeyboard();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Fallback>
      <App />
    </Fallback>
  </StrictMode>,
);
void openHandedFiles();
