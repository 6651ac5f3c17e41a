import { useState } from 'react';
import type { Preset } from '../../electron/contract/presets';
import type { OpenedFile } from '../../electron/contract/shell';
import { openRoles } from '../document/opening';
import {
  choosePreset,
  forgetPreset,
  inputRoles,
  pictureTitle,
  usePreset,
  usePresets,
} from '../document/presets';
import { closeDialog } from '../document/viewStore';
import type { InputRole } from '../document/work';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { formatBytes } from '../ui/numberText';
import { Select } from '../ui/Select';
import styles from './Dialogs.module.css';

type Part = InputRole | 'none';
const roleTitles: Readonly<Record<InputRole, string>> = { target: 'Target', guidance: 'Guidance' };

/** What a file can be, by the names the preset has for it. */
function partsFor(preset: Preset | null): { value: Part; title: string }[] {
  const named = (role: InputRole) => preset && pictureTitle(preset, role);
  return [
    { value: 'none', title: 'Not used' },
    ...inputRoles.map((role) => {
      const name = named(role);
      return { value: role, title: name ? `${roleTitles[role]}: ${name}` : roleTitles[role] };
    }),
  ];
}

/** Asks what files are for when that cannot be guessed: more than two, or one when both places are taken. */
export function RolesDialog({ files }: { files: readonly OpenedFile[] }) {
  const presets = usePresets();
  const preset = usePreset();
  const parts = partsFor(preset);
  const choosePurpose = (id: string) => {
    const next = presets.find((one) => one.id === id);
    if (next) choosePreset(next);
    else forgetPreset();
  };
  const [chosen, setChosen] = useState<Readonly<Record<string, Part>>>({});
  const partOf = (file: OpenedFile): Part => chosen[file.fileId] ?? 'none';
  const choose = (file: OpenedFile, part: Part) => {
    // A part has one file: choosing it here takes it away there.
    const others = Object.entries(chosen).filter(([, other]) => other !== part);
    setChosen({ ...Object.fromEntries(others), [file.fileId]: part });
  };
  const picked = Object.fromEntries(
    files.filter((file) => partOf(file) !== 'none').map((file) => [partOf(file), file]),
  );
  const count = Object.keys(picked).length;
  const open = () => {
    closeDialog();
    void openRoles(picked, count === 2);
  };
  return (
    <Dialog
      title={files.length === 1 ? 'What is this file for?' : 'What are these files for?'}
      onClose={closeDialog}
    >
      <ul className={styles.files}>
        {files.map((file) => (
          <li key={file.fileId} className={styles.file}>
            <span className={styles.fileName} title={file.path ?? file.name}>
              {file.name}
            </span>
            <span className={styles.quiet}>{formatBytes(file.bytes)}</span>
            <Select
              label={`Part of ${file.name}`}
              value={partOf(file)}
              options={parts}
              onChange={(part) => choose(file, part)}
            />
          </li>
        ))}
      </ul>
      <div className={styles.purpose}>
        <span>Preset</span>
        <Select
          label="Preset"
          value={preset?.id ?? 'none'}
          options={[
            { value: 'none', title: 'None' },
            ...presets.map(({ id, title, summary }) => ({ value: id, title, summary })),
          ]}
          onChange={choosePurpose}
        />
      </div>
      <footer className={styles.footer}>
        <span className={styles.hint}>
          {preset?.summary ?? 'The guidance is the sharp picture; the target is the one to restore.'}
        </span>
        <Button onClick={closeDialog}>Cancel</Button>
        <Button kind="primary" disabled={count === 0} onClick={open}>
          Open
        </Button>
      </footer>
    </Dialog>
  );
}
