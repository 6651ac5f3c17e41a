import { FileBox, Image } from 'lucide-react';
import { chooseStepFile, dismissTrial, type FileParameter, useTrials } from '../document/stepFiles';
import { Button } from '../ui/Button';
import styles from './FileField.module.css';
import { Problem } from './Problem';

interface FileFieldProps {
  parameter: FileParameter;
  stepId: string;
  value: string;
}

const kinds = {
  network: { icon: FileBox, opening: 'Trying' },
  photograph: { icon: Image, opening: 'Reading' },
} as const;

/** The file that a step works with, and the way to another one; what is wrong with that one is said below. */
export function FileField({ parameter, stepId, value }: FileFieldProps) {
  const trial = useTrials((trials) => trials[stepId]);
  const choose = () => void chooseStepFile(stepId, parameter);
  const isTried = trial !== undefined && trial.problem === null;
  const { icon, opening } = kinds[parameter.content];
  const name = value.split(/[\\/]/).at(-1) ?? value;
  return (
    <>
      <Button
        className={styles.button}
        icon={icon}
        disabled={isTried}
        aria-label={
          value === '' ? `Choose the ${parameter.title.toLowerCase()}` : `${parameter.title}: ${name}`
        }
        title={value === '' ? undefined : value}
        onClick={choose}
      >
        <span className={styles.name}>
          {isTried ? `${opening} ${trial.name} …` : name || 'Choose a file…'}
        </span>
      </Button>
      {trial?.problem && (
        <Problem
          className={styles.problem}
          error={trial.problem}
          more={[{ title: 'Choose another file…', perform: choose }]}
          onDismiss={() => dismissTrial(stepId)}
        />
      )}
    </>
  );
}
