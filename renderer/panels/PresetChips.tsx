import { choosePreset, forgetPreset, usePreset, usePresets } from '../document/presets';
import { classes } from '../ui/classes';
import { Tip } from '../ui/Tip';
import styles from './PresetChips.module.css';

/** What the next pair is for, before there is one. Pressed again, a chip leaves it to the files. */
export function PresetChips() {
  const presets = usePresets();
  const chosen = usePreset();
  return (
    <fieldset className={styles.chips} aria-label="What it is for">
      {presets.map((preset) => (
        <Tip key={preset.id} label={preset.summary}>
          <button
            type="button"
            className={classes(styles.chip, preset === chosen && styles.chosen)}
            aria-pressed={preset === chosen}
            onClick={() => (preset === chosen ? forgetPreset() : choosePreset(preset))}
          >
            {preset.title}
          </button>
        </Tip>
      ))}
    </fieldset>
  );
}
