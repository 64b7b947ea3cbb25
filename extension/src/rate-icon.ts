import { LabIcon } from '@jupyterlab/ui-components';

/** Two answers, of which one is chosen. */
export const rateIcon = new LabIcon({
  name: 'imitation-lab:rate',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24" fill="none" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">
  <g class="jp-icon3" stroke="#616161"><rect x="3" y="4" width="7.5" height="16" rx="1"/><rect x="13.5" y="4" width="7.5" height="16" rx="1"/></g>
  <path class="jp-icon-brand0" stroke="#f37626" d="m15.2 12.2 1.6 1.6 2.6-3.4"/>
</svg>`,
});
