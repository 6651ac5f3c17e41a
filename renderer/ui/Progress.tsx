import styles from './Progress.module.css';

interface ProgressProps {
  label: string;
  /** Share done, 0…1; null while it is not known. */
  done: number | null;
}

export function Progress({ label, done }: ProgressProps) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={done === null ? undefined : Math.round(done * 100)}
      className={styles.progress}
    >
      <span
        className={done === null ? styles.waiting : styles.done}
        style={done === null ? undefined : { width: `${done * 100}%` }}
      />
    </div>
  );
}
