import { ArrowLeftRight, Cpu, Download, FolderOpen, Keyboard, Redo2, Search, Undo2, X } from 'lucide-react';
import { chooseDevice } from '../bridge/engineStore';
import { canRedo, canUndo, closeDocument, hasDocument, redo, undo } from '../document/documentStore';
import { swapInputs } from '../document/edits';
import { chooseFiles } from '../document/opening';
import { openDialog } from '../document/viewStore';
import type { Action } from './action';

export const fileActions: readonly Action[] = [
  {
    id: 'open',
    title: 'Open…',
    group: 'File',
    icon: FolderOpen,
    shortcuts: ['Mod+O'],
    perform: () => void chooseFiles(),
  },
  {
    id: 'export',
    title: 'Export…',
    group: 'File',
    icon: Download,
    shortcuts: ['Mod+E'],
    enabled: ({ document }) => document.info !== null,
    perform: () => openDialog({ kind: 'export' }),
  },
  {
    id: 'close',
    title: 'Close the pair',
    group: 'File',
    icon: X,
    shortcuts: [],
    enabled: ({ document }) => hasDocument(document),
    perform: closeDocument,
  },
  {
    id: 'undo',
    title: 'Undo',
    group: 'Edit',
    icon: Undo2,
    shortcuts: ['Mod+Z'],
    enabled: ({ document }) => canUndo(document),
    perform: undo,
  },
  {
    id: 'redo',
    title: 'Redo',
    group: 'Edit',
    icon: Redo2,
    shortcuts: ['Mod+Shift+Z', 'Mod+Y'],
    enabled: ({ document }) => canRedo(document),
    perform: redo,
  },
  {
    id: 'swap',
    title: 'Swap guidance and target',
    group: 'Edit',
    icon: ArrowLeftRight,
    shortcuts: ['X'],
    enabled: ({ document: { work } }) => work.inputs.guidance !== null || work.inputs.target !== null,
    perform: swapInputs,
  },
  {
    id: 'device-auto',
    title: 'Run on the fastest device',
    group: 'Device',
    shortcuts: [],
    checked: ({ engine }) => engine.devices?.choice === 'auto',
    perform: () => void chooseDevice('auto'),
  },
  {
    id: 'device-cpu',
    title: 'Run on the CPU',
    group: 'Device',
    icon: Cpu,
    shortcuts: [],
    checked: ({ engine }) => engine.devices?.choice === 'cpu',
    perform: () => void chooseDevice('cpu'),
  },
  {
    id: 'palette',
    title: 'Find an action…',
    group: 'Help',
    icon: Search,
    shortcuts: ['Mod+K'],
    perform: () => openDialog({ kind: 'palette' }),
  },
  {
    id: 'shortcuts',
    title: 'Keyboard shortcuts',
    group: 'Help',
    icon: Keyboard,
    shortcuts: ['?'],
    perform: () => openDialog({ kind: 'shortcuts' }),
  },
];
