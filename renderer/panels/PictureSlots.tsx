import { FolderOpen } from 'lucide-react';
import type { Preset } from '../../electron/contract/presets';
import { chooseFiles } from '../document/opening';
import { inputRoles, pictureTitle } from '../document/presets';
import type { InputRole } from '../document/work';
import styles from './PictureSlots.module.css';

const parts: Readonly<Record<InputRole, string>> = {
  target: 'The picture to restore',
  guidance: 'The picture that guides it',
};

/** A place for every picture that a preset needs, by the names it has there. */
export function PictureSlots({ preset }: { preset: Preset }) {
  return (
    <div className={styles.slots}>
      {inputRoles.map((role) => {
        const title = pictureTitle(preset, role);
        return (
          title && (
            <button
              key={role}
              type="button"
              className={styles.slot}
              data-drop-role={role}
              onClick={() => void chooseFiles(role)}
            >
              <FolderOpen size={16} strokeWidth={1.5} aria-hidden />
              <span className={styles.text}>
                <strong className={styles.title}>{title}…</strong>
                <span className={styles.part}>
                  {preset.guidanceTitle === null ? 'It guides itself' : parts[role]}
                </span>
              </span>
            </button>
          )
        );
      })}
    </div>
  );
}
