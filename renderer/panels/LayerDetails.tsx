import { type TargetValues, targetValueKinds } from '../../electron/contract/recipe';
import {
  type SourceInfo,
  type Unit,
  type UnknownMarker,
  units,
  unknownMarkers,
} from '../../electron/contract/sources';
import { sourceOf, useDocument } from '../document/documentStore';
import { removeInput, setTargetValues, setUnit, setUnknownMarker } from '../document/edits';
import { chooseFiles } from '../document/opening';
import { resultStored } from '../document/result';
import { type ShownLayer, setOpacity, useView } from '../document/viewStore';
import type { InputRole } from '../document/work';
import { Button } from '../ui/Button';
import { formatCount } from '../ui/numberText';
import { Segmented } from '../ui/Segmented';
import { Select } from '../ui/Select';
import { SliderField } from '../ui/SliderField';
import { DisplayControls } from './DisplayControls';
import styles from './LayerDetails.module.css';
import { Row } from './Section';

const share = { min: 0, max: 100, step: 1, scale: 'linear', integer: true } as const;

/** Everything about one layer: how it is shown, how its file is read, and what is in it. */
export function LayerDetails({ layer }: { layer: ShownLayer }) {
  const role: InputRole = layer === 'result' ? 'target' : layer;
  const info = useDocument((state) => sourceOf(state, role)?.info);
  const described = useDocument((state) => state.info);
  const work = useDocument((state) => state.work);
  const opacity = useView((state) => state.opacity[layer]);
  return (
    <div className={styles.details}>
      <SliderField
        label="Opacity"
        value={Math.round(opacity * 100)}
        defaultValue={100}
        unit="%"
        scale={share}
        onChange={(value) => setOpacity(layer, value / 100)}
      />
      {info && (
        <DisplayControls
          layer={layer}
          info={layer === 'result' ? resultStored({ info: described, work }, info) : info}
        />
      )}
      {layer !== 'result' && <SourceControls role={layer} />}
    </div>
  );
}

const valueTitles: Readonly<Record<TargetValues, { title: string; summary: string }>> = {
  continuous: { title: 'Amounts', summary: 'There are values in between: depth, brightness, probability' },
  classes: { title: 'Classes', summary: 'Every value is a label of its own, and labels are never mixed' },
};
const unitTitles: Readonly<Record<Unit, string>> = {
  none: 'From the file',
  mm: 'Millimetres',
  cm: 'Centimetres',
  m: 'Metres',
  px: 'Disparity, px',
};
const markerTitles: Readonly<Record<UnknownMarker, string>> = {
  auto: 'Guessed',
  zero: 'Zero is unknown',
  none: 'All are values',
};

function SourceControls({ role }: { role: InputRole }) {
  const choice = useDocument((state) => state.work.inputs[role]);
  const source = useDocument((state) => sourceOf(state, role));
  const targetValues = useDocument((state) => state.work.processing.targetValues);
  const info = source?.info;
  if (!choice) return null;
  return (
    <>
      {role === 'target' && (
        <>
          <Row label="Values">
            <Segmented
              label="Values"
              value={targetValues}
              options={targetValueKinds.map((value) => ({ value, ...valueTitles[value] }))}
              onChange={setTargetValues}
            />
          </Row>
          <Row label="Unit">
            <Select
              label="Unit of the target"
              value={choice.unit}
              options={units.map((value) => ({ value, title: unitTitles[value] }))}
              onChange={(unit) => setUnit(role, unit)}
            />
          </Row>
          <Row label="Pixels without a value">
            <Select
              label="Unknown marker"
              value={choice.unknownMarker}
              options={unknownMarkers.map((value) => ({ value, title: markerTitles[value] }))}
              onChange={(marker) => setUnknownMarker(role, marker)}
            />
          </Row>
        </>
      )}
      {info && <Facts info={info} />}
      <div className={styles.buttons}>
        <Button onClick={() => void chooseFiles(role)}>Replace…</Button>
        <Button kind="quiet" onClick={() => removeInput(role)}>
          Remove
        </Button>
      </div>
    </>
  );
}

function Facts({ info }: { info: SourceInfo }) {
  const known = info.size.width * info.size.height;
  const unknown = info.unknownPixels;
  return (
    <>
      {unknown > 0 && (
        <Row label="Unknown">
          <span className={styles.fact}>
            {formatCount(unknown)} px · {((unknown / known) * 100).toFixed(1)} %
          </span>
        </Row>
      )}
      <Row label="Stored as">
        <span className={styles.fact}>
          {info.format.toUpperCase()}, {info.channels === 1 ? 'one channel' : 'colour'}
          {info.hasColourProfile ? ', with profile' : ''}
        </span>
      </Row>
      {info.notices.map((notice) => (
        <p key={notice} className={styles.notice}>
          {notice}
        </p>
      ))}
    </>
  );
}
