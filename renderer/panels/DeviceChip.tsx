import { ChevronDown } from 'lucide-react';
import type { DeviceStatus } from '../../electron/contract/devices';
import { chooseDevice, useEngine } from '../bridge/engineStore';
import { classes } from '../ui/classes';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '../ui/Menu';
import styles from './DeviceChip.module.css';
import { isFallback } from './deviceFallback';

const states: Readonly<Record<DeviceStatus['state'], string>> = {
  ready: 'Ready',
  probing: 'Being tested',
  unprobed: 'Not tested yet',
  unavailable: 'Not available',
  failed: 'Failed',
  'wrong-result': 'Gave wrong values',
};

/** The device that runs networks, and the others there are. */
export function DeviceChip() {
  const report = useEngine((state) => state.devices);
  const connection = useEngine((state) => state.connection);
  if (!report)
    return <span className={styles.waiting}>{connection === 'closed' ? 'No engine' : 'Starting…'}</span>;
  const active = report.devices.find(({ device }) => device === report.active);
  const fallback = isFallback(report);
  const title = active?.title ?? report.active.toUpperCase();
  return (
    <Menu
      label="Device"
      align="end"
      wide
      trigger={
        <button
          type="button"
          aria-label={`Device: ${title}${fallback ? ', instead of the one wanted' : ''}`}
          className={classes(styles.chip, fallback && styles.fallback)}
        >
          <i className={classes(styles.dot, connection !== 'ready' && styles.busy)} />
          <span className={styles.name}>{title}</span>
          <ChevronDown size={12} strokeWidth={1.5} aria-hidden />
        </button>
      }
    >
      <MenuLabel>Networks run on</MenuLabel>
      <MenuItem
        title="Automatic"
        detail="The fastest device whose results agree with the CPU’s"
        checked={report.choice === 'auto'}
        onSelect={() => void chooseDevice('auto')}
      />
      <MenuSeparator />
      {report.devices.map((status) => (
        <MenuItem
          key={status.device}
          title={status.title}
          detail={<Detail {...status} />}
          checked={report.choice === status.device}
          disabled={status.state === 'unavailable'}
          onSelect={() => void chooseDevice(status.device)}
        />
      ))}
    </Menu>
  );
}

function Detail({ state, detail, probeMilliseconds }: DeviceStatus) {
  const time = probeMilliseconds === null ? '' : ` · test tile ${Math.round(probeMilliseconds)} ms`;
  return (
    <>
      {states[state]}
      {time}
      {detail && state !== 'ready' ? ` · ${detail}` : ''}
    </>
  );
}
