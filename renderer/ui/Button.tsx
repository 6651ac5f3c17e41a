import type { LucideIcon } from 'lucide-react';
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import styles from './Button.module.css';
import { classes } from './classes';
import { Tip } from './Tip';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: 'primary' | 'plain' | 'quiet';
  icon?: LucideIcon | undefined;
  ref?: Ref<HTMLButtonElement>;
}

export function Button({ kind = 'plain', icon: Icon, className, children, ...rest }: ButtonProps) {
  return (
    <button type="button" className={classes(styles.button, styles[kind], className)} {...rest}>
      {Icon && <Icon size={14} strokeWidth={1.5} aria-hidden />}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'title'> {
  icon: LucideIcon;
  /** Its name, for the tooltip and for those who do not see the icon. */
  label: string;
  /** What the tooltip says when that is more than the name. */
  tip?: ReactNode;
  shortcut?: string | undefined;
  pressed?: boolean | undefined;
  side?: 'top' | 'right' | 'bottom' | 'left';
  small?: boolean;
}

export function IconButton(props: IconButtonProps) {
  const { icon: Icon, label, tip, shortcut, pressed, side, small, className, ...rest } = props;
  return (
    <Tip label={tip ?? label} shortcut={shortcut} {...(side ? { side } : {})}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        className={classes(styles.icon, small && styles.small, className)}
        {...rest}
      >
        <Icon size={small ? 14 : 16} strokeWidth={1.5} aria-hidden />
      </button>
    </Tip>
  );
}
