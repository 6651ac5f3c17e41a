import { X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { IconButton } from './Button';
import styles from './Dialog.module.css';

interface DialogProps {
  title: string;
  onClose(): void;
  width?: number;
  children: ReactNode;
}

/** A dialog in the browser's top layer: it keeps the focus, closes with Escape, and gives the focus back. */
export function Dialog({ title, onClose, width = 480, children }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    // By itself the browser would choose the close button.
    (dialog?.querySelector<HTMLElement>('[data-autofocus]') ?? dialog)?.focus();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={element}
      className={styles.dialog}
      aria-label={title}
      tabIndex={-1}
      style={{ width }}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header className={styles.header}>
        <h2>{title}</h2>
        <IconButton icon={X} label="Close" small onClick={onClose} />
      </header>
      {children}
    </dialog>
  );
}
