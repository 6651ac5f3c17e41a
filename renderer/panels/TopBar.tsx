import { ChevronDown, Download } from 'lucide-react';
import { useEffect } from 'react';
import { findAction } from '../actions/actions';
import { shortcutLabel } from '../actions/shortcuts';
import { useAppState } from '../actions/state';
import { zoomPresets } from '../canvas/viewport';
import { useViewport, zoomOf } from '../canvas/viewportStore';
import { sourceOf, useDocument } from '../document/documentStore';
import { useExporting } from '../document/exporting';
import { Button } from '../ui/Button';
import { Menu, MenuSeparator } from '../ui/Menu';
import { Tip } from '../ui/Tip';
import { ActionButton } from './ActionButton';
import { ActionItem } from './ActionItem';
import { DeviceChip } from './DeviceChip';
import { MainMenu } from './MainMenu';
import styles from './TopBar.module.css';

export function TopBar() {
  return (
    <header className={styles.bar} data-region>
      <div className={styles.start}>
        <MainMenu />
        <DocumentName />
        <HistoryButtons />
      </div>
      <ZoomMenu />
      <div className={styles.end}>
        <DeviceChip />
        <ExportButton />
      </div>
    </header>
  );
}

function HistoryButtons() {
  const undone = useDocument(({ history }) => history.undo.at(-1)?.title);
  const redone = useDocument(({ history }) => history.redo.at(-1)?.title);
  return (
    <>
      <ActionButton action="undo" tip={undone && `Undo: ${undone}`} />
      <ActionButton action="redo" tip={redone && `Redo: ${redone}`} />
    </>
  );
}

function DocumentName() {
  const name = useDocument((state) => (sourceOf(state, 'target') ?? sourceOf(state, 'guidance'))?.file.name);
  const exported = useExporting(({ run }) => run?.state === 'done');
  useEffect(() => {
    document.title = name ? `${name} – Sidelight` : 'Sidelight';
  }, [name]);
  if (!name) return <h1 className={styles.name}>Sidelight</h1>;
  return (
    <h1 className={styles.name} title={name}>
      <span className={styles.file}>{name}</span>
      <span className={styles.saved}>{exported ? 'exported' : 'not exported'}</span>
    </h1>
  );
}

function ZoomMenu() {
  const zoom = useViewport(zoomOf);
  const empty = useViewport(({ picture }) => picture === null);
  if (empty) return null;
  return (
    <div className={styles.zoom}>
      <ActionButton action="zoom-out" />
      <Menu
        label="Zoom"
        align="center"
        trigger={
          <button type="button" className={styles.percent} aria-label="Zoom">
            {percent(zoom)}
            <ChevronDown size={12} strokeWidth={1.5} aria-hidden />
          </button>
        }
      >
        <ActionItem action="zoom-fit" />
        <ActionItem action="zoom-toggle" />
        <MenuSeparator />
        {zoomPresets.map((preset) => (
          <ActionItem key={preset} action={`zoom-${preset * 100}`} />
        ))}
        <MenuSeparator />
        <ActionItem action="pixel-grid" />
      </Menu>
      <ActionButton action="zoom-in" />
    </div>
  );
}

function percent(zoom: number): string {
  const value = zoom * 100;
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} %`;
}

function ExportButton() {
  const action = findAction('export');
  const enabled = useAppState((state) => action.enabled?.(state));
  const [shortcut] = action.shortcuts;
  return (
    <Tip label="Export the result" shortcut={shortcut && shortcutLabel(shortcut)}>
      <Button kind="primary" icon={Download} disabled={!enabled} onClick={action.perform}>
        Export
      </Button>
    </Tip>
  );
}
