import { FolderOpen, ImagePlus } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Sample } from '../../electron/contract/shell';
import { findAction } from '../actions/actions';
import { shortcutLabel } from '../actions/shortcuts';
import { links } from '../bridge/engine';
import { useDocument } from '../document/documentStore';
import { chooseFiles, openSample } from '../document/opening';
import { usePreset } from '../document/presets';
import { Button } from '../ui/Button';
import { Progress } from '../ui/Progress';
import { EngineNotices } from './EngineNotices';
import { OpenProblems } from './OpenProblems';
import { PictureSlots } from './PictureSlots';
import { PresetChips } from './PresetChips';
import styles from './StartScreen.module.css';
import { useSaidByNotice } from './useSaidByNotice';

/** What an empty window offers: a place to drop a pair, what it can be for, and two pairs to try. */
export function StartScreen() {
  const opening = useDocument((state) => state.opening);
  const saidByNotice = useSaidByNotice();
  const preset = usePreset();
  const [keys] = findAction('open').shortcuts;
  return (
    <main className={styles.screen} data-region>
      <div className={styles.page}>
        <section className={styles.drop} aria-label="Open a pair" aria-busy={opening.length > 0}>
          <ImagePlus size={28} strokeWidth={1.25} aria-hidden className={styles.icon} />
          <h2 className={styles.title}>{preset?.title ?? 'Drop a picture and the one that guides it'}</h2>
          <p className={styles.text}>
            {preset?.summary ??
              'A photo sharpens a depth map, a flash shot cleans a dark one. Sidelight works out which is which.'}
          </p>
          <div className={styles.ways}>
            {opening.length > 0 ? (
              <div className={styles.opening}>
                <Progress label={`Reading ${opening.join(' and ')}`} done={null} />
                <p>Reading {opening.join(' and ')}…</p>
              </div>
            ) : preset ? (
              <PictureSlots preset={preset} />
            ) : (
              <Button kind="primary" icon={FolderOpen} onClick={() => void chooseFiles()}>
                Open files…
              </Button>
            )}
          </div>
          <p className={styles.formats}>
            PNG, TIFF, JPEG, WebP, BMP, PFM, NPY{keys && ` · ${shortcutLabel(keys)}`}
          </p>
          <PresetChips />
        </section>
        <OpenProblems hidden={saidByNotice} />
        <EngineNotices />
        <Samples />
      </div>
    </main>
  );
}

function Samples() {
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  const busy = useDocument((state) => state.opening.length > 0);
  useEffect(() => {
    // Without samples the window is as useful as with them: there is nothing to tell.
    void links()
      .shell.samples()
      .then(setSamples, () => undefined);
  }, []);
  if (samples.length === 0) return null;
  return (
    <section className={styles.samples} aria-label="Samples">
      <h2 className={styles.heading}>Or try a sample</h2>
      <ul className={styles.cards}>
        {samples.map((sample) => (
          <li key={sample.id}>
            <button
              type="button"
              className={styles.card}
              disabled={busy}
              aria-label={`Open the sample ${sample.title}`}
              onClick={() => void openSample(sample.id)}
            >
              <img className={styles.thumbnail} src={sample.thumbnail} alt="" />
              <span className={styles.caption}>
                <strong>{sample.title}</strong>
                <span className={styles.summary}>{sample.summary}</span>
                <span className={styles.citation}>{sample.citation}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
