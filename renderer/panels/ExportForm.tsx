import { useEffect, useRef, useState } from 'react';
import type { ErrorData } from '../../electron/contract/errors';
import { type ExportSettings, overwritePolicies } from '../../electron/contract/recipe';
import type { SampleType, SourceInfo } from '../../electron/contract/sources';
import { defaultSampleType } from '../../electron/recipe/defaults';
import { links } from '../bridge/engine';
import { useEngine } from '../bridge/engineStore';
import { endGesture, sourceOf, useDocument } from '../document/documentStore';
import { setExport } from '../document/edits';
import { startExport } from '../document/exporting';
import { useInspected } from '../document/inspecting';
import { resultStored, resultValues } from '../document/result';
import { closeDialog } from '../document/viewStore';
import { Button } from '../ui/Button';
import { Notice } from '../ui/Notice';
import { Segmented } from '../ui/Segmented';
import { Select } from '../ui/Select';
import { SliderField } from '../ui/SliderField';
import styles from './ExportDialog.module.css';
import { exportSentence } from './exportSentence';
import { Problem } from './Problem';
import { RangeFields } from './RangeFields';
import { Row } from './Section';
import { useExportPlace } from './useExportPlace';

const depthTitles: Readonly<Record<SampleType, string>> = { u8: '8 bit', u16: '16 bit', f32: 'Float' };
const policyTitles = {
  refuse: { title: 'Ask', summary: 'Write nothing if the file is there' },
  replace: { title: 'Replace it', summary: 'The file that is there is overwritten' },
  rename: { title: 'Keep both', summary: 'The new file gets a number' },
} as const;
const quality = { min: 1, max: 100, step: 1, scale: 'linear', integer: true } as const;

interface ExportFormProps {
  settings: ExportSettings;
  failure: ErrorData | null;
}

export function ExportForm({ settings, failure }: ExportFormProps) {
  const source = useDocument((state) => sourceOf(state, 'target')?.info);
  const info = useDocument((state) => state.info);
  const work = useDocument((state) => state.work);
  const target = source && resultStored({ info, work }, source);
  const targetValues = useDocument(resultValues);
  const inspected = useInspected();
  // Formats that change values a little would make other labels of them.
  const formats = (useEngine((state) => state.description?.formats) ?? []).filter(
    ({ writes, lossy }) => writes.length > 0 && !(lossy && targetValues === 'classes'),
  );
  const size = useDocument((state) => state.info?.size);
  const format = formats.find(({ id }) => id === settings.format);
  const placing = useExportPlace(format?.extensions[0] ?? 'png');
  const [refused, setRefused] = useState<ErrorData | null>(null);
  const open = useRef(true);
  useEffect(() => {
    open.current = true;
    return () => {
      open.current = false;
      // One visit of the dialog is one entry of the history.
      endGesture();
    };
  }, []);
  if (!target || !format || !size) return null;

  const change = (part: Partial<ExportSettings>) => setExport({ ...settings, ...part });
  const changeFormat = (id: string) => {
    const next = formats.find((one) => one.id === id);
    if (next) change({ format: id, sampleType: defaultSampleType(target, next, targetValues) });
  };
  const exists = placing.place?.exists ?? false;
  const mustChoose = exists && settings.overwrite === 'refuse';
  const write = async () => {
    const place = await placing.settle();
    // Cancelled while the shell was asked.
    if (!place || !open.current) return;
    if (place.exists && settings.overwrite === 'refuse') return setRefused(existing(place.path));
    setRefused(null);
    await startExport(place, settings);
  };
  const problem = placing.problem ?? failure ?? (mustChoose ? refused : null);
  return (
    <form
      className={styles.body}
      onSubmit={(event) => {
        event.preventDefault();
        void write();
      }}
    >
      <Row label="Format">
        <Select
          label="Format"
          value={settings.format}
          options={formats.map(({ id, title }) => ({ value: id, title }))}
          onChange={changeFormat}
        />
      </Row>
      <Row label="Bit depth">
        <Segmented
          label="Bit depth"
          value={settings.sampleType}
          options={format.writes.map((value) => ({ value, title: depthTitles[value] }))}
          onChange={(sampleType) => change({ sampleType })}
        />
      </Row>
      {settings.sampleType !== 'f32' && <RangeRow settings={settings} target={target} change={change} />}
      {format.lossy && (
        <SliderField
          label="Quality"
          value={settings.quality}
          defaultValue={92}
          unit=""
          scale={quality}
          onChange={(value) => change({ quality: value })}
        />
      )}
      <label className={styles.place}>
        <span>Write to</span>
        <span className={styles.pathRow}>
          <input
            ref={placing.field}
            className={styles.pathInput}
            aria-label="Path of the file"
            spellCheck={false}
            value={placing.path}
            onChange={(event) => placing.type(event.currentTarget.value)}
          />
          {links().hasSaveDialog && <Button onClick={() => void placing.choose()}>Choose…</Button>}
        </span>
      </label>
      <Row label={exists ? `${nameOf(placing.path)} is already there` : 'If the file is already there'}>
        <Segmented
          label="If the file is already there"
          value={settings.overwrite}
          options={overwritePolicies.map((value) => ({ value, ...policyTitles[value] }))}
          onChange={(overwrite) => change({ overwrite })}
        />
      </Row>
      {inspected && (
        <Notice
          kind="info"
          title={`You are looking at iteration ${inspected.iteration}; what is written is the result.`}
        />
      )}
      {problem && (
        <Problem
          error={problem}
          more={
            problem.code === 'file-exists'
              ? [
                  { title: 'Replace it', perform: () => change({ overwrite: 'replace' }) },
                  { title: 'Keep both', perform: () => change({ overwrite: 'rename' }) },
                ]
              : []
          }
        />
      )}
      <footer className={styles.footer}>
        <span className={styles.hint}>{exportSentence(settings, format, target, size)}</span>
        <Button onClick={closeDialog}>Cancel</Button>
        <Button kind="primary" type="submit" disabled={placing.path.trim() === ''}>
          Export
        </Button>
      </footer>
    </form>
  );
}

interface RangeRowProps {
  settings: ExportSettings;
  target: SourceInfo;
  change(part: Partial<ExportSettings>): void;
}

function RangeRow({ settings: { range }, target, change }: RangeRowProps) {
  return (
    <Row label="Values">
      {range && <RangeFields range={range} unit={target.unit} onChange={(next) => change({ range: next })} />}
      <Segmented
        label="Values"
        value={range ? 'range' : 'keep'}
        options={[
          {
            value: 'keep',
            title: 'As they are',
            summary: 'The numbers in the file mean what the target’s do',
          },
          {
            value: 'range',
            title: 'Range',
            summary: 'The ends of the range become the ends of the file’s scale',
          },
        ]}
        onChange={(kind) => change({ range: kind === 'range' ? target.valueRange : null })}
      />
    </Row>
  );
}

const nameOf = (path: string) => path.split(/[\\/]/).at(-1) ?? path;

const existing = (path: string): ErrorData => ({
  code: 'file-exists',
  message: `${nameOf(path)} is already there, and nothing was written.`,
  remedy: 'Replace it, keep both, or write to another file.',
});
