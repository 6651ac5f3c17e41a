import { Component, type ReactNode } from 'react';
import { SidelightError } from '../../electron/contract/errors';
import { Button } from '../ui/Button';
import { Notice } from '../ui/Notice';
import styles from './Fallback.module.css';

interface FallbackState {
  readonly error: SidelightError | null;
}

/** What is left when the interface itself fails: words, and a way to begin again, instead of an empty window. */
export class Fallback extends Component<{ children: ReactNode }, FallbackState> {
  override readonly state: FallbackState = { error: null };

  static getDerivedStateFromError(thrown: unknown): FallbackState {
    return { error: SidelightError.from(thrown) };
  }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <main className={styles.fallback}>
        <Notice
          kind="error"
          title={error.message}
          actions={<Button onClick={() => window.location.reload()}>Reload the window</Button>}
        >
          {error.remedy}
        </Notice>
      </main>
    );
  }
}
