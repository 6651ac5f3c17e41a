import type { Device } from '../contract/devices';
import type { ParameterValues } from '../contract/filters';
import type { Rect } from '../contract/geometry';

/** What a family measured: numbers for machines, and the same as tables for people. */
export interface EvaluationReport {
  /** Id of the family. */
  readonly family: string;
  readonly title: string;
  /** Name of the folder that was measured on, without its path. */
  readonly data: string;
  readonly scenes: readonly string[];
  /** How it was measured, in sentences. */
  readonly protocol: readonly string[];
  readonly tables: readonly ReportTable[];
  /** What follows from the rows, in sentences, made from them. */
  readonly findings: readonly string[];
  readonly rows: readonly ReportRow[];
  /** What the rows were run with: a line for every setting that differs. */
  readonly settings: readonly string[];
  /** What could not be measured for want of a model, in sentences. */
  readonly leftOut: readonly string[];
  /** Empty unless pictures were asked for. */
  readonly pictures: readonly PictureRecord[];
}

export interface ReportTable {
  readonly title: string;
  readonly header: readonly string[];
  /** First column: the row's name. */
  readonly rows: readonly (readonly string[])[];
}

export type Metrics = Readonly<Record<string, number>>;

/** One filter on one kind of target: means over the scenes. */
export interface ReportRow {
  /** A filter's id, or the id of a variant of it, such as `dagf-fast`. */
  readonly row: string;
  /** Title of the case, such as “bicubic ×8”. */
  readonly case: string;
  readonly conditions: Readonly<Record<string, string | number>>;
  readonly filter: string;
  readonly parameters: ParameterValues;
  readonly iterations: number;
  /** Networks that were run, by their id in the manifest. */
  readonly models: readonly string[];
  readonly devices: readonly Device[];
  readonly metrics: Metrics;
  readonly milliseconds: number;
  readonly scenes: readonly SceneScore[];
}

interface SceneScore {
  readonly scene: string;
  readonly metrics: Metrics;
  /** From opened inputs to a written file. */
  readonly milliseconds: number;
}

/** The pictures of one scene and case. */
export interface PictureRecord {
  readonly scene: string;
  readonly case: string;
  /** The side-by-side sheet, relative to the folder of pictures. */
  readonly sheet: string;
  /** The sheet's columns from left to right. */
  readonly columns: readonly string[];
  /** The error that the upper end of the error maps' colours stands for; the lower is 0. Null without ground truth. */
  readonly errorScale: number | null;
  /** Where the crops are from. */
  readonly crops: readonly WorstPlace[];
}

/** Where the mean error over a window is largest, and of which row. */
export interface WorstPlace {
  readonly row: string;
  readonly region: Rect;
  readonly error: number;
}
