import { useEffect, useRef } from 'react';
import { useThumbnails } from '../canvas/thumbnails';

interface ThumbnailProps {
  /** What it shows: a layer, or an iteration. */
  name: string;
  className?: string | undefined;
}

/** A small picture, empty until there is one. */
export function Thumbnail({ name, className }: ThumbnailProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const bitmap = useThumbnails((state) => state[name]);
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    context.clearRect(0, 0, element.width, element.height);
    if (!bitmap) return;
    const scale = Math.max(element.width / bitmap.width, element.height / bitmap.height);
    const width = bitmap.width * scale;
    const height = bitmap.height * scale;
    context.imageSmoothingEnabled = scale < 1;
    context.drawImage(bitmap, (element.width - width) / 2, (element.height - height) / 2, width, height);
  }, [bitmap]);
  return <canvas ref={canvas} className={className} width={80} height={64} aria-hidden />;
}
