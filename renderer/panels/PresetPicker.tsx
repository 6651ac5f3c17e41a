import { ChevronDown, RotateCcw } from 'lucide-react';
import { Fragment } from 'react';
import type { Preset } from '../../electron/contract/presets';
import { lengthsMeasure } from '../../electron/recipe/presetProcessing';
import { useDocument } from '../document/documentStore';
import {
  choosePreset,
  forgetPreset,
  inputRoles,
  isChanged,
  missingRoles,
  missingSentence,
  pictureTitle,
  usePreset,
  usePresets,
} from '../document/presets';
import { IconButton } from '../ui/Button';
import { Menu, MenuItem, MenuSeparator } from '../ui/Menu';
import styles from './PresetPicker.module.css';
import { Row } from './Section';

/** What the pair is for: sets all steps at once, and says which picture is still wanted for it. */
export function PresetPicker() {
  const presets = usePresets();
  const preset = usePreset();
  const changed = useDocument((state) => preset !== null && isChanged(state, preset));
  const missing = useDocument(({ work }) => preset && missingSentence(preset, work.inputs));
  if (presets.length === 0) return null;
  return (
    <>
      <Row label="Preset">
        <Menu
          label="Preset"
          align="end"
          wide
          trigger={
            <button
              type="button"
              className={styles.picker}
              aria-label={`Preset: ${preset?.title ?? 'none'}${changed ? ', changed' : ''}`}
              title={preset?.summary}
            >
              <span className={styles.title}>{preset?.title ?? 'None'}</span>
              {changed && <i className={styles.mark} />}
              <ChevronDown size={12} strokeWidth={1.5} aria-hidden />
            </button>
          }
        >
          {presets.map((one) => (
            <MenuItem
              key={one.id}
              title={one.title}
              detail={<Detail preset={one} />}
              checked={one === preset}
              onSelect={() => choosePreset(one)}
            />
          ))}
          {preset && (
            <Fragment>
              <MenuSeparator />
              <MenuItem title="No preset" detail="The steps stay as they are" onSelect={forgetPreset} />
            </Fragment>
          )}
        </Menu>
        {preset && changed && (
          <IconButton
            icon={RotateCcw}
            label={`Set “${preset.title}” again`}
            small
            onClick={() => choosePreset(preset)}
          />
        )}
      </Row>
      {missing && (
        <p className={styles.missing} role="status">
          {missing}
        </p>
      )}
    </>
  );
}

/** What a preset does, the pictures it takes, and which of them are not there. */
function Detail({ preset }: { preset: Preset }) {
  const inputs = useDocument(({ work }) => work.inputs);
  const missing = missingRoles(preset, inputs);
  const lengths = lengthsMeasure(preset);
  return (
    <>
      {preset.summary}
      {lengths && ` Lengths are ${lengths}.`}
      <span className={styles.pictures}>
        {inputRoles.flatMap((role, index) => {
          const title = pictureTitle(preset, role);
          if (!title) return [];
          const isMissing = missing.includes(role);
          return (
            <Fragment key={role}>
              {index > 0 && ' + '}
              <span className={isMissing ? styles.wanted : undefined}>
                {isMissing ? `${title} (missing)` : title}
              </span>
            </Fragment>
          );
        })}
      </span>
    </>
  );
}
