import type { ErrorData } from '../../electron/contract/errors';
import { useDocument } from '../document/documentStore';
import { chooseFiles } from '../document/opening';
import { Problem } from './Problem';

interface OpenProblemsProps {
  className?: string | undefined;
  /** What is said elsewhere in the same place already. */
  hidden?: (error: ErrorData) => boolean;
}

/** Files that could not be opened, each with its name and the way to another one. */
export function OpenProblems({ className, hidden = () => false }: OpenProblemsProps) {
  const problems = useDocument((state) => state.openProblems);
  return problems
    .filter(({ error }) => !hidden(error))
    .map(({ name, error }) => (
      <Problem
        key={name}
        className={className}
        error={{
          ...error,
          message: error.message.includes(name) ? error.message : `${name}: ${error.message}`,
        }}
        more={[{ title: 'Choose another file…', perform: () => void chooseFiles() }]}
        onDismiss={() => useDocument.setState({ openProblems: [] })}
      />
    ));
}
