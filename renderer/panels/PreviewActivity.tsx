import { Play, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { findAction } from '../actions/actions';
import { shortcutLabel } from '../actions/shortcuts';
import { useCanvasStatus } from '../canvas/canvasStatus';
import { useView } from '../document/viewStore';
import { IconButton } from '../ui/Button';
import { formatDuration } from '../ui/numberText';
import { Progress } from '../ui/Progress';
import styles from './StatusBar.module.css';

/** Before this a preview is not worth a way to stop it, which would only flicker. */
const patienceMilliseconds = 800;

/** Less than this is not worth telling. */
const longMilliseconds = 2000;

/** How far the picture on the screen is, and a way not to wait for it. */
export function PreviewActivity() {
  const pending = useCanvasStatus((state) => state.pending);
  const rendering = useCanvasStatus((state) => state.rendering);
  const stopped = useView((state) => state.previewStopped);
  const slow = useLasting(pending > 0);
  const most = useRef(0);
  most.current = pending === 0 ? 0 : Math.max(most.current, pending);
  const done = (most.current - pending + (rendering?.done ?? 0)) / most.current;
  const stop = findAction('stop-preview');
  const goOn = findAction('continue-preview');
  const [keys] = stop.shortcuts;
  if (stopped)
    return (
      <>
        <span role="status">Preview stopped</span>
        <IconButton icon={Play} small side="top" label={goOn.title} onClick={goOn.perform} />
      </>
    );
  return (
    <>
      <span role="status">
        Rendering, {pending} {pending === 1 ? 'tile' : 'tiles'} left
      </span>
      {slow && (
        <>
          <span className={styles.meter}>
            <Progress label="Preview" done={done || null} />
          </span>
          {rendering && rendering.remainingMilliseconds > longMilliseconds && (
            <span>{formatDuration(rendering.remainingMilliseconds)} left for this one</span>
          )}
          <IconButton
            icon={X}
            small
            side="top"
            label={stop.title}
            shortcut={keys && shortcutLabel(keys)}
            onClick={stop.perform}
          />
        </>
      )}
    </>
  );
}

/** True once something has been so for a while. */
function useLasting(so: boolean): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    setLasting(false);
    if (!so) return;
    const timer = setTimeout(() => setLasting(true), patienceMilliseconds);
    return () => clearTimeout(timer);
  }, [so]);
  return lasting && so;
}
