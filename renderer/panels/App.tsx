import { hasDocument, useDocument } from '../document/documentStore';
import { useView } from '../document/viewStore';
import { TipProvider } from '../ui/Tip';
import styles from './App.module.css';
import { CanvasView } from './CanvasView';
import { useDropTarget } from './dropTarget';
import { ExportDialog } from './ExportDialog';
import { PaletteDialog } from './PaletteDialog';
import { Rail } from './Rail';
import { RolesDialog } from './RolesDialog';
import { ShortcutsDialog } from './ShortcutsDialog';
import { SidePanel } from './SidePanel';
import { StartScreen } from './StartScreen';
import { StatusBar } from './StatusBar';
import { TopBar } from './TopBar';

/** The one window. */
export function App() {
  const open = useDocument(hasDocument);
  const bare = useView((state) => state.panelsHidden);
  useDropTarget();
  return (
    <TipProvider delayDuration={400} skipDelayDuration={200}>
      <div className={styles.window}>
        <TopBar />
        {open ? (
          <>
            {!bare && <Rail />}
            <CanvasView />
            {!bare && <SidePanel />}
          </>
        ) : (
          <StartScreen />
        )}
        <StatusBar />
      </div>
      <Dialogs />
    </TipProvider>
  );
}

function Dialogs() {
  const dialog = useView((state) => state.dialog);
  if (dialog?.kind === 'export') return <ExportDialog />;
  if (dialog?.kind === 'shortcuts') return <ShortcutsDialog />;
  if (dialog?.kind === 'palette') return <PaletteDialog />;
  if (dialog?.kind === 'roles') return <RolesDialog files={dialog.files} />;
  return null;
}
