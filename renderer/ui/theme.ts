import { useView, type ViewState } from '../document/viewStore';

/** Puts the chosen theme on the page, before anything that reads colours from it; without one the system's rules. */
export function followTheme(): void {
  const apply = ({ theme }: ViewState) => {
    const { dataset } = document.documentElement;
    if (theme === 'system') delete dataset.theme;
    else dataset.theme = theme;
  };
  apply(useView.getState());
  useView.subscribe(apply);
}
