import DefaultTheme from 'vitepress/theme';
import { followLanguage } from './language';
import './style.css';

export default {
  extends: DefaultTheme,
  enhanceApp({ router }: { router: { onAfterRouteChange?: () => void } }) {
    followLanguage(router);
  },
};
