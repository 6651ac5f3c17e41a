import { distinct } from '../comparisonRows';
import { quantile } from '../quantile';
import type { ReportRow } from '../report';

/**
 * Rows of repeated runs as one row a filter, under one case: the figures of the first run, which are those of all, and
 * the medians of the times, over the runs for a scene, over runs and scenes for all.
 */
export function medianRows(rows: readonly ReportRow[], title: string): ReportRow[] {
  return distinct(rows.map(({ row }) => row)).map((name) => {
    const runs = rows.filter(({ row }) => row === name);
    const [first] = runs as [ReportRow];
    const scenes = first.scenes.map((score) => ({
      ...score,
      milliseconds: median(runs.flatMap((run) => timesOf(run, score.scene))),
    }));
    const milliseconds = median(runs.flatMap((run) => run.scenes.map((score) => score.milliseconds)));
    return { ...first, case: title, conditions: { runs: runs.length }, milliseconds, scenes };
  });
}

const timesOf = (run: ReportRow, scene: string) =>
  run.scenes.filter((score) => score.scene === scene).map((score) => score.milliseconds);

const median = (values: readonly number[]) => quantile(values, 0.5);
