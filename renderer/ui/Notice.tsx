import { CircleAlert, Info, type LucideIcon, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from './Button';
import { classes } from './classes';
import styles from './Notice.module.css';

interface NoticeProps {
  kind: 'info' | 'caution' | 'error';
  title: ReactNode;
  children?: ReactNode;
  /** The ways out, as buttons. */
  actions?: ReactNode;
  onDismiss?: (() => void) | undefined;
  className?: string | undefined;
}

const icons: Record<NoticeProps['kind'], LucideIcon> = {
  info: Info,
  caution: TriangleAlert,
  error: CircleAlert,
};

/** What happened, what to do about it, and a button that does it. */
export function Notice({ kind, title, children, actions, onDismiss, className }: NoticeProps) {
  const Icon = icons[kind];
  return (
    <section
      role={kind === 'error' ? 'alert' : 'status'}
      className={classes(styles.notice, styles[kind], className)}
    >
      <Icon size={16} strokeWidth={1.5} aria-hidden className={styles.icon} />
      <div className={styles.body}>
        <p className={styles.title}>{title}</p>
        {children && <div className={styles.text}>{children}</div>}
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
      {onDismiss && <IconButton icon={X} label="Dismiss" small onClick={onDismiss} />}
    </section>
  );
}
