import type { Step } from '../../electron/contract/recipe';
import { iterationName } from '../canvas/iterationStrip';
import { useDocument } from '../document/documentStore';
import { inspect, inspectedIn, useInspected } from '../document/inspecting';
import { classes } from '../ui/classes';
import styles from './IterationStrip.module.css';
import { Thumbnail } from './Thumbnail';

/** The picture after each iteration of a step; choosing one shows it in the result's place. */
export function IterationStrip({ step }: { step: Step }) {
  const processing = useDocument((state) => state.work.processing);
  const inspected = useInspected();
  const pictures = Array.from({ length: step.iterations }, (_, index) => ({
    step: step.id,
    iteration: index + 1,
  }));
  return (
    <fieldset className={styles.strip} aria-label="Picture after each iteration">
      {pictures.map((picture) => {
        const { iteration } = picture;
        const own = inspectedIn(processing, picture);
        const shown = own === null ? inspected === null : isSame(own, inspected);
        return (
          <button
            key={iteration}
            type="button"
            className={classes(styles.picture, shown && styles.shown)}
            aria-label={own === null ? `Iteration ${iteration}: the result` : `After iteration ${iteration}`}
            aria-pressed={shown}
            onClick={() => inspect(shown ? null : own)}
          >
            <Thumbnail name={iterationName(picture)} className={styles.thumbnail} />
            <span className={styles.number}>{own === null ? 'Result' : iteration}</span>
          </button>
        );
      })}
    </fieldset>
  );
}

const isSame = (a: { step: string; iteration: number }, b: typeof a | null) =>
  a.step === b?.step && a.iteration === b.iteration;
