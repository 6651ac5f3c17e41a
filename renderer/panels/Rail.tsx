import { ActionButton } from './ActionButton';
import styles from './Rail.module.css';

const parts = [
  ['open', 'swap'],
  ['compare-single', 'compare-split', 'compare-sides'],
  ['zoom-fit', 'pixel-grid'],
  ['panels', 'palette'],
] as const;

/** What is needed all the time, at the edge. */
export function Rail() {
  return (
    <nav className={styles.rail} aria-label="Tools" data-region>
      {parts.map((part) => (
        <div key={part[0]} className={styles.part}>
          {part.map((action) => (
            <ActionButton key={action} action={action} side="right" />
          ))}
        </div>
      ))}
    </nav>
  );
}
