import { Check, type LucideIcon } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { classes } from './classes';
import styles from './Menu.module.css';

interface MenuProps {
  trigger: ReactElement;
  align?: 'start' | 'center' | 'end';
  label: string;
  wide?: boolean;
  children: ReactNode;
}

/** Not modal: scroll locking would need styles that the content security policy forbids. */
export function Menu({ trigger, align = 'start', label, wide, children }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className={classes(styles.menu, wide && styles.wide)}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

interface MenuItemProps {
  icon?: LucideIcon | undefined;
  title: ReactNode;
  detail?: ReactNode;
  shortcut?: string | undefined;
  checked?: boolean | undefined;
  disabled?: boolean;
  onSelect(): void;
}

export function MenuItem({
  icon: Icon,
  title,
  detail,
  shortcut,
  checked,
  disabled,
  onSelect,
}: MenuItemProps) {
  const content = (
    <>
      <span className={styles.lead}>
        {checked ? (
          <Check size={14} strokeWidth={2} aria-hidden />
        ) : (
          Icon && <Icon size={14} strokeWidth={1.5} aria-hidden />
        )}
      </span>
      <span className={styles.title}>
        {title}
        {detail && <span className={styles.detail}>{detail}</span>}
      </span>
      {shortcut && <kbd className={styles.keys}>{shortcut}</kbd>}
    </>
  );
  const common = { className: styles.item, onSelect, ...(disabled ? { disabled } : {}) };
  if (checked === undefined) return <DropdownMenu.Item {...common}>{content}</DropdownMenu.Item>;
  return (
    <DropdownMenu.CheckboxItem checked={checked} {...common}>
      {content}
    </DropdownMenu.CheckboxItem>
  );
}

export const MenuSeparator = () => <DropdownMenu.Separator className={styles.separator} />;

export const MenuLabel = ({ children }: { children: ReactNode }) => (
  <DropdownMenu.Label className={styles.label}>{children}</DropdownMenu.Label>
);
