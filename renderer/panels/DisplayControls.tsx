import { RotateCcw } from 'lucide-react';
import { colormaps, type Display } from '../../electron/contract/display';
import type { SourceInfo } from '../../electron/contract/sources';
import { useDocument } from '../document/documentStore';
import { displayOf } from '../document/scene';
import { type ShownLayer, setDisplay, useView } from '../document/viewStore';
import { IconButton } from '../ui/Button';
import { Select } from '../ui/Select';
import { Switch } from '../ui/Switch';
import { ColourBar } from './ColourBar';
import { RangeFields } from './RangeFields';
import { Row } from './Section';

/** How a layer is shown: its colours and the values at their ends. */
export function DisplayControls({ layer, info }: { layer: ShownLayer; info: SourceInfo }) {
  const displays = useView((state) => state.displays);
  const document = useDocument();
  const display = displayOf(document, displays, layer);
  if (!display) return null;
  const key = layer === 'result' ? 'result' : info.sourceId;
  const change = (part: Partial<Display>) => setDisplay(key, { ...display, ...part });
  const reset = (
    <IconButton
      icon={RotateCcw}
      label={layer === 'result' ? 'Show as the target' : 'Reset colours and range'}
      small
      disabled={displays[key] === undefined}
      onClick={() => setDisplay(key, null)}
    />
  );
  const isLabels = display.colormap === 'labels';
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
          {isLabels && reset}
        </Row>
      )}
      {!isLabels && (
        <>
          <Row label="Range">
            <RangeFields range={display.range} unit={info.unit} onChange={(range) => change({ range })} />
            {reset}
          </Row>
          <Row label="Mark values outside the range">
            <Switch
              label="Mark values outside the range"
              checked={display.markSaturated}
              onChange={(markSaturated) => change({ markSaturated })}
            />
          </Row>
        </>
      )}
    </>
  );
}
