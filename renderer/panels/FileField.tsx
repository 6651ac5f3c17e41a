import { FileBox } from 'lucide-react';
import { chooseModel, dismissTrial, type FileParameter, useTrials } from '../document/models';
import { Button } from '../ui/Button';
import styles from './FileField.module.css';
import { Problem } from './Problem';

interface FileFieldProps {
  parameter: FileParameter;
  stepId: string;
  value: string;
}

/** The file that a step works with, and the way to another one; what is wrong with that one is said below. */
export function FileField({ parameter, stepId, value }: FileFieldProps) {
  const trial = useTrials((trials) => trials[stepId]);
  const choose = () => void chooseModel(stepId, parameter);
  const isTried = trial !== undefined && trial.problem === null;
  const name = value.split(/[\\/]/).at(-1) ?? value;
  return (
    <>
      <Button
        className={styles.button}
        icon={FileBox}
        disabled={isTried}
        aria-label={
          value === '' ? `Choose the ${parameter.title.toLowerCase()}` : `${parameter.title}: ${name}`
        }
        title={value === '' ? undefined : value}
        onClick={choose}
      >
        <span className={styles.name}>{isTried ? `Trying ${trial.name} …` : name || 'Choose a file…'}</span>
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
