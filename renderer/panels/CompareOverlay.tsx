import { ChevronsLeftRight, X } from 'lucide-react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { findAction } from '../actions/actions';
import { shortcutLabel } from '../actions/shortcuts';
import { layerTitles } from '../actions/viewActions';
import { useCanvasStatus } from '../canvas/canvasStatus';
import { comparing } from '../canvas/panes';
import { useViewport } from '../canvas/viewportStore';
import { useDocument } from '../document/documentStore';
import { inspect, useInspected } from '../document/inspecting';
import { useView } from '../document/viewStore';
import { nudged } from '../ui/nudge';
import { Tip } from '../ui/Tip';
import styles from './CompareOverlay.module.css';

const scale = { min: 0, max: 1, step: 0.01, scale: 'linear', integer: false } as const;
const setSplit = (splitAt: number) => useView.setState({ splitAt: Math.min(1, Math.max(0, splitAt)) });

/** Names of what is compared, and the divider between before and after. */
export function CompareOverlay() {
  const view = useView();
  const layers = useCanvasStatus((status) => status.layers);
  if (!comparing(view, new Set(layers))) {
    const alone = view.holdingTarget ? 'target' : view.isolated;
    const isAlone = alone && layers.includes(alone);
    return (
      <div className={styles.overlay}>
        {isAlone && alone !== 'result' && <span className={styles.before}>{layerTitles[alone]}</span>}
        {(!isAlone || alone === 'result') && <ResultLabel named={isAlone === true} />}
      </div>
    );
  }
  return (
    <div className={styles.overlay}>
      <span className={styles.before}>Target</span>
      <ResultLabel named />
      {view.compare === 'split' ? <Divider at={view.splitAt} /> : <span className={styles.middle} />}
    </div>
  );
}

/** What is in the result's place: the result, named where it could be mistaken, or a picture on the way to it. */
function ResultLabel({ named }: { named: boolean }) {
  const inspected = useInspected();
  const steps = useDocument((state) => state.work.processing.steps);
  const enabled = steps.filter((one) => one.enabled);
  const step = enabled.find(({ id }) => id === inspected?.step);
  const [keys] = findAction('show-result').shortcuts;
  if (!inspected || !step) return named ? <span className={styles.after}>{layerTitles.result}</span> : null;
  return (
    <Tip label="Back to the result; exports write the result" shortcut={keys && shortcutLabel(keys)}>
      <button type="button" className={styles.inspected} onClick={() => inspect(null)}>
        {enabled.length > 1 && `Step ${steps.indexOf(step) + 1} · `}After iteration {inspected.iteration} of{' '}
        {step.iterations}
        <X size={12} strokeWidth={1.75} aria-hidden />
      </button>
    </Tip>
  );
}

function Divider({ at }: { at: number }) {
  const width = useViewport(({ stage }) => stage.width);
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const box = event.currentTarget.parentElement!.getBoundingClientRect();
    setSplit((event.clientX - box.left) / box.width);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = nudged(at, event, scale);
    if (next === null) return;
    event.preventDefault();
    setSplit(next);
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label="Divider between target and result"
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(at * 100)}
      className={styles.divider}
      style={{ transform: `translateX(${Math.round(at * width)}px)` }}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onDoubleClick={() => setSplit(0.5)}
      onKeyDown={onKeyDown}
    >
      <span className={styles.grip}>
        <ChevronsLeftRight size={14} strokeWidth={1.5} aria-hidden />
      </span>
    </div>
  );
}
