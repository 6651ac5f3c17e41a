import { RotateCcw } from 'lucide-react';
import { colormaps, type Display } from '../../electron/contract/display';
import type { Range } from '../../electron/contract/geometry';
import {
  type SourceInfo,
  type Unit,
  type UnknownMarker,
  units,
  unknownMarkers,
} from '../../electron/contract/sources';
import { sourceOf, useDocument } from '../document/documentStore';
import { removeInput, setUnit, setUnknownMarker } from '../document/edits';
import { chooseFiles } from '../document/opening';
import { displayOf } from '../document/scene';
import { type ShownLayer, setDisplay, setOpacity, useView } from '../document/viewStore';
import type { InputRole } from '../document/work';
import { Button, IconButton } from '../ui/Button';
import { NumberField } from '../ui/NumberField';
import { formatCount } from '../ui/numberText';
import { Select } from '../ui/Select';
import { SliderField } from '../ui/SliderField';
import { Switch } from '../ui/Switch';
import { ColourBar } from './ColourBar';
import styles from './LayerDetails.module.css';
import { unitText } from './Legend';
import { Row } from './Section';

const share = { min: 0, max: 100, step: 1, scale: 'linear', integer: true } as const;

/** Everything about one layer: how it is shown, how its file is read, and what is in it. */
export function LayerDetails({ layer }: { layer: ShownLayer }) {
  const role: InputRole = layer === 'result' ? 'target' : layer;
  const info = useDocument((state) => sourceOf(state, role)?.info);
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
      {info && <DisplayControls layer={layer} info={info} />}
      {layer !== 'result' && <SourceControls role={layer} />}
    </div>
  );
}

function DisplayControls({ layer, info }: { layer: ShownLayer; info: SourceInfo }) {
  const displays = useView((state) => state.displays);
  const document = useDocument();
  const display = displayOf(document, displays, layer);
  if (!display) return null;
  const key = layer === 'result' ? 'result' : info.sourceId;
  const change = (part: Partial<Display>) => setDisplay(key, { ...display, ...part });
  const changed = displays[key] !== undefined;
  return (
    <>
      {info.channels === 1 && (
        <Row label="Colours">
          <ColourBar colormap={display.colormap} />
          <Select
            label="Colormap"
            value={display.colormap}
            options={colormaps.map((value) => ({ value, title: value[0]!.toUpperCase() + value.slice(1) }))}
            onChange={(colormap) => change({ colormap })}
          />
        </Row>
      )}
      <Row label="Range">
        <RangeFields range={display.range} unit={info.unit} onChange={(range) => change({ range })} />
        <IconButton
          icon={RotateCcw}
          label={layer === 'result' ? 'Show as the target' : 'Reset colours and range'}
          small
          disabled={!changed}
          onClick={() => setDisplay(key, null)}
        />
      </Row>
      <Row label="Mark values outside the range">
        <Switch
          label="Mark values outside the range"
          checked={display.markSaturated}
          onChange={(markSaturated) => change({ markSaturated })}
        />
      </Row>
    </>
  );
}

interface RangeFieldsProps {
  range: Range;
  unit: Unit;
  onChange(range: Range): void;
}

/** Two ends of a range; the lower one stays below the upper. */
export function RangeFields({ range, unit, onChange }: RangeFieldsProps) {
  const step = Math.max(1e-6, 10 ** Math.floor(Math.log10(Math.max(range.max - range.min, 1e-6)) - 2));
  const free = { min: -1e12, max: 1e12, step, scale: 'linear', integer: false } as const;
  return (
    <span className={styles.range}>
      <NumberField
        label="Lower end"
        value={range.min}
        unit=""
        scale={free}
        onChange={(min) => min < range.max && onChange({ ...range, min })}
      />
      <span aria-hidden>–</span>
      <NumberField
        label="Upper end"
        value={range.max}
        unit={unitText(unit)}
        scale={free}
        onChange={(max) => max > range.min && onChange({ ...range, max })}
      />
    </span>
  );
}

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
  const info = source?.info;
  if (!choice) return null;
  return (
    <>
      {role === 'target' && (
        <>
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
