import type { SceneLayer } from '../document/scene';
import type { Blend } from './painting';
import type { Pyramid } from './pyramid';
import type { Viewport } from './viewport';

/** A layer as it is on the screen. */
export interface Shown {
  readonly pyramid: Pyramid;
  readonly key: string;
}

type Ended = Pick<SceneLayer, 'ends' | 'key'>;

interface Pictures {
  readonly without: Pyramid;
  readonly full: Pyramid;
  /** The full effect is what is shown as the result. */
  isShared: boolean;
}

/**
 * While the opacity of the last step is dragged, the result is mixed on the screen of what comes into that step and of its
 * full effect. Both are asked for once, if possible before; the positions between cost the engine nothing, and are there
 * with the next frame. The result itself is asked for when the gesture rests, and the mixture stands in for it until it
 * has come.
 */
export class Blending {
  private pictures: Pictures | null = null;
  /** Of the ends of the result as it was last. */
  private key: string | null = null;
  private share = 1;
  private active = false;
  /** Ends that could not be had. */
  private refused: string | null = null;
  private viewport: Viewport | null = null;

  /** @param create an empty pyramid for the result */
  constructor(private readonly create: () => Pyramid) {}

  /** The opacity is being dragged: what is asked for are the ends. */
  get isActive(): boolean {
    return this.active;
  }

  /** The ends have been asked for. */
  get isPrepared(): boolean {
    return this.pictures !== null;
  }

  /** When what is missing of the ends is asked for. */
  get asking(): 'now' | 'ahead' | 'never' {
    if (this.active) return 'now';
    return this.key === this.refused ? 'never' : 'ahead';
  }

  /** Whether a tile was asked for only to be mixed. */
  has(pyramid: Pyramid): boolean {
    const { without, full, isShared } = this.pictures ?? {};
    return pyramid === without || (pyramid === full && !isShared);
  }

  /** The opacity may be dragged soon. @returns whether there is something to ask for now */
  prepare(shown: Shown, viewport: Viewport | null): boolean {
    if (this.pictures || this.key === null || this.key === this.refused) return false;
    const isShared = shown.key === this.key;
    const full = isShared ? shown.pyramid : this.create();
    this.pictures = { without: this.create(), full, isShared };
    this.viewport = viewport;
    return true;
  }

  /**
   * The document changed.
   * @param shown the result as it was until now
   * @returns what is shown as the result from now on: its tiles may have become an end
   */
  follow(result: Ended | undefined, gesturing: boolean, shown: Shown | undefined): Shown | undefined {
    const { key = null, share = 1 } = result?.ends ?? {};
    const isSame = key !== null && key === this.key;
    const moved = isSame && share !== this.share;
    this.key = key;
    this.share = share;
    this.active = gesturing && isSame && key !== this.refused && (this.active || moved);
    // What is shared would become the tiles of another picture.
    if (!isSame || (!this.active && this.pictures?.isShared && result?.key !== shown?.key)) this.drop();
    if (!this.active || !shown) return shown;
    this.prepare(shown, null);
    if (!this.pictures?.isShared) return shown;
    this.pictures.isShared = false;
    return { ...shown, pyramid: this.create() };
  }

  /** What stands in for the result in this view. */
  blend(gesturing: boolean, viewport: Viewport): Blend | null {
    this.active &&= gesturing;
    if (this.active) this.viewport = viewport;
    return this.pictures && { ...this.pictures, share: this.share };
  }

  /** The result is there itself. In another view the ends would have to be asked for again anyway. */
  settled(viewport: Viewport): void {
    if (!this.active && viewport !== this.viewport) this.drop();
  }

  /** The ends cannot be computed: the result is asked for itself. */
  refuse(): void {
    this.refused = this.key;
    this.active = false;
  }

  drop(): void {
    this.pictures?.without.clear();
    if (!this.pictures?.isShared) this.pictures?.full.clear();
    this.pictures = null;
    this.active = false;
  }
}
