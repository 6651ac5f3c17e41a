import type { ErrorData } from '../../electron/contract/errors';
import { useEngine } from '../bridge/engineStore';
import { Button } from '../ui/Button';
import { Notice } from '../ui/Notice';
import { type Remedy, remediesFor } from './remedies';

interface ProblemProps {
  error: ErrorData;
  /** Ways out that only this place knows, after the general ones. */
  more?: readonly Remedy[];
  onDismiss?: () => void;
  className?: string | undefined;
}

/** An error where it arose: what happened, what can be done, and buttons that do it. */
export function Problem({ error, more = [], onDismiss, className }: ProblemProps) {
  // Whether the engine can be started again is one of the ways out.
  useEngine((state) => state.connection);
  const remedies = [...remediesFor(error), ...more];
  return (
    <Notice
      kind="error"
      title={error.message}
      className={className}
      onDismiss={onDismiss}
      actions={
        remedies.length > 0 &&
        remedies.map(({ title, perform }) => (
          <Button key={title} onClick={perform}>
            {title}
          </Button>
        ))
      }
    >
      {error.remedy}
    </Notice>
  );
}
